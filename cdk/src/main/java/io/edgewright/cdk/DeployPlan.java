package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// What deploying will do, in words, before it is done: read from the template that CloudFormation
/// will get.
record DeployPlan(JsonNode template, Prices prices, String region) {
  /// What people ask about first, by types of CloudFormation.
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  /// Of the workers' image, as a rule.
  private static final double IMAGE_GIGABYTES = 0.5;

  private static final int MINUTES_OF_MONTH = 43_200;
  private static final double TICK_SECONDS = 0.3;
  private static final int READS_OF_TICK = 8;

  static {
    NAMES.put("AWS::ApiGateway::RestApi", "REST API");
    NAMES.put("AWS::Lambda::Function", "functions");
    NAMES.put("AWS::StepFunctions::StateMachine", "state machine");
    NAMES.put("AWS::DynamoDB::Table", "tables, kept when the stack goes");
    NAMES.put("AWS::S3::Bucket", "buckets, kept when the stack goes");
    NAMES.put("AWS::KMS::Key", "signing keys, kept when the stack goes");
    NAMES.put("AWS::EC2::VPC", "network without a way out, for the workers");
    NAMES.put("AWS::IAM::Role", "roles");
    NAMES.put("AWS::CloudWatch::Alarm", "alarms");
    NAMES.put("AWS::CloudWatch::Dashboard", "dashboard");
    NAMES.put("AWS::Logs::LogGroup", "logs");
    NAMES.put("AWS::SNS::Topic", "topic, to which alarms go");
  }

  /// A thing that costs, used or not.
  private record Item(String name, double dollars) {}

  String text() {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add("This creates the stack " + Naming.STACK + " in " + region + ":").add("");
    Map<String, Integer> counts = counts();
    int others = counts.values().stream().mapToInt(Integer::intValue).sum();
    for (var name : NAMES.entrySet()) {
      int count = counts.getOrDefault(name.getKey(), 0);
      others -= count;
      if (count > 0) {
        text.add(String.format(Locale.ROOT, "  %3d  %s", count, name.getValue()));
      }
    }
    text.add(String.format(Locale.ROOT, "  %3d  small parts that belong to these", others));
    text.add("").add("and, once for an account and region, the stack CDKToolkit (cdk bootstrap).");
    text.add(keys(counts.containsKey("AWS::KMS::Key")));
    addCost(text, counts);
    addPermissions(text);
    return text.toString();
  }

  private static String keys(boolean areItsOwn) {
    return areItsOwn
        ? """

        It signs with keys of its own. Where a stack is that was given others, by `--keys` or `--rotate`,
        a deployment goes on with those.\
        """
        : """

        It signs with the keys that it was given, now or before; later deployments go on with them.\
        """;
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    template
        .required("Resources")
        .forEach(resource -> counts.merge(resource.required("Type").asText(), 1, Integer::sum));
    return counts;
  }

  private void addCost(StringJoiner text, Map<String, Integer> counts) {
    text.add("")
        .add(
            "What it costs at rest, US dollars a month at list prices of "
                + prices.asOf()
                + " in "
                + prices.region()
                + ", without free tiers:")
        .add("");
    double sum = 0;
    for (Item item : atRest(counts)) {
      text.add(String.format(Locale.ROOT, "  %6.2f  %s", item.dollars(), item.name()));
      sum += item.dollars();
    }
    text.add(String.format(Locale.ROOT, "  %6.2f  together", sum))
        .add("")
        .add("What use costs is in docs/cost.md.");
  }

  private List<Item> atRest(Map<String, Integer> counts) {
    List<Item> items = new ArrayList<>();
    // Those that are taken over cost too, and each has an alias.
    items.add(each(counts, "AWS::KMS::Alias", "kms.keyMonth", "signing keys"));
    items.add(
        new Item(
            counts.getOrDefault("AWS::CloudWatch::Alarm", 0) + " alarms",
            metricsOfAlarms() * prices.of("cloudWatch.alarmMonth")));
    items.add(each(counts, "AWS::CloudWatch::Dashboard", "cloudWatch.dashboardMonth", "dashboard"));
    items.add(new Item("the workers' image", IMAGE_GIGABYTES * prices.of("ecr.gigabyteMonth")));
    items.add(
        new Item(
            "the age of the oldest compilation, as a metric", prices.of("cloudWatch.metricMonth")));
    double gigabytes = FunctionSpec.TICK.memoryMegabytes() / 1024.0;
    double tick =
        prices.of("lambda.request")
            + TICK_SECONDS * gigabytes * prices.of("lambda.arm64.gigabyteSecond")
            + READS_OF_TICK * prices.of("dynamoDb.read")
            + prices.of("xray.trace");
    items.add(new Item("a look at the clock every minute", MINUTES_OF_MONTH * tick));
    return items;
  }

  /// An alarm costs by the metrics that it adds up.
  private int metricsOfAlarms() {
    int metrics = 0;
    for (JsonNode resource : template.required("Resources")) {
      if (resource.required("Type").asText().equals("AWS::CloudWatch::Alarm")) {
        metrics += Math.max(1, resource.findValues("MetricStat").size());
      }
    }
    return metrics;
  }

  private Item each(Map<String, Integer> counts, String type, String price, String name) {
    int count = counts.getOrDefault(type, 0);
    return new Item(count + " " + name, count * prices.of(price));
  }

  /// The first deployment makes roles, so it needs an administrator; later ones go through those
  /// that bootstrapping made.
  private static void addPermissions(StringJoiner text) {
    text.add("")
        .add("Permissions that your credentials need:")
        .add("")
        .add("  the first time in an account and region: those of an administrator, because")
        .add("    bootstrapping makes the roles that CloudFormation works with;")
        .add("  later: sts:AssumeRole on arn:aws:iam::ACCOUNT:role/cdk-hnb659fds-*.")
        .add("")
        .add("To build the workers' image, a container engine that runs: Docker, Podman or Finch.");
  }
}
