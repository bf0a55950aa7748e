package io.edgewright.cdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.IFilterPattern;
import software.amazon.awscdk.services.logs.MetricFilterOptions;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/// Alarms to one topic. Each has a heading in docs/operations.md that says what to do. Figures that
/// AWS does not count are taken from the service's log, which is JSON, one line an event.
final class Watch extends Construct {
  static final String STEP_MILLIS = "StepMillis";

  private static final Duration PERIOD = Duration.minutes(5);

  private static final MetricOptions SUM =
      MetricOptions.builder().statistic("Sum").period(PERIOD).build();

  private final Watched watched;
  private final Topic topic;

  /// @param steps the workflow's functions, by the names that its file has for them
  record Watched(
      Map<String, CalledFunction> steps,
      Map<String, CalledFunction> others,
      CompileWorkflow workflow,
      Api api,
      Tables tables) {
    CalledFunction function(FunctionSpec spec) {
      CalledFunction step = steps.get(spec.name());
      CalledFunction found = step == null ? others.get(spec.name()) : step;
      if (found == null) {
        throw new IllegalArgumentException("nobody made " + spec.name());
      }
      return found;
    }

    Stream<CalledFunction> functions() {
      return FunctionSpec.ALL.stream().map(this::function);
    }
  }

  Watch(Construct scope, String id, Watched watched) {
    super(scope, id);
    this.watched = watched;
    topic = Topic.Builder.create(this, "Alarms").enforceSsl(true).build();
    watchCompilations();
    watchFunctions();
    watchTables();
    measureSteps();
  }

  private void watchCompilations() {
    var machine = watched.workflow().machine();
    alarm(
        "CompilationsBreakOff",
        sum(List.of(machine.metricFailed(SUM), machine.metricTimedOut(SUM))),
        1);
    alarm("ExecutionsThrottle", machine.metricThrottled(SUM), 1);
    Metric oldest =
        fromLog(FunctionSpec.TICK, "OldestSeconds", event("unfinished"), "$.oldestSeconds");
    alarm("OldestCompilationWaits", oldest, 1_800);
    IFilterPattern timeOut = FilterPattern.literal("\"Task timed out\"");
    alarm(
        "WorkersTimeOut",
        sum(
            List.of(
                fromLog(FunctionSpec.COMPILE, "CompileTimeOuts", timeOut, "1"),
                fromLog(FunctionSpec.VERIFY, "VerifyTimeOuts", timeOut, "1"))),
        3);
  }

  private void watchFunctions() {
    alarm("ApiFails", watched.api().rest().metricServerError(SUM), 5);
    alarm("TickFails", errors(FunctionSpec.TICK), 3);
    alarm(
        "OutcomesAreLost",
        sum(
            Stream.of(FunctionSpec.PUBLISH, FunctionSpec.SUMMARISE, FunctionSpec.GIVE_UP)
                .map(this::errors)
                .toList()),
        3);
    alarm(
        "FunctionsThrottle",
        sum(
            watched
                .functions()
                .map(function -> (IMetric) function.function().metricThrottles(SUM))
                .toList()),
        1);
  }

  private IMetric errors(FunctionSpec spec) {
    return watched.function(spec).function().metricErrors(SUM);
  }

  /// Those that every poll of every device touches.
  private void watchTables() {
    alarm(
        "TablesThrottle",
        sum(
            Stream.concat(
                    Stream.of("nonces", "reports", "results", "compilations")
                        .map(table -> throttled(table, "WriteThrottleEvents")),
                    Stream.of("devices", "keys", "deployments", "metadata")
                        .map(table -> throttled(table, "ReadThrottleEvents")))
                .toList()),
        1);
  }

  private IMetric throttled(String table, String metric) {
    return Metric.Builder.create()
        .namespace("AWS/DynamoDB")
        .metricName(metric)
        .dimensionsMap(Map.of("TableName", watched.tables().table(table).getTableName()))
        .statistic("Sum")
        .period(PERIOD)
        .build();
  }

  /// How long each step took, by target: the dashboard makes money of it.
  private void measureSteps() {
    for (FunctionSpec spec : FunctionSpec.ALL) {
      if (watched.steps().containsKey(spec.name())) {
        watched
            .function(spec)
            .log()
            .addMetricFilter(
                STEP_MILLIS,
                MetricFilterOptions.builder()
                    .metricNamespace(Naming.METRICS)
                    .metricName(STEP_MILLIS)
                    .filterPattern(event("step"))
                    .metricValue("$.millis")
                    .dimensions(new TreeMap<>(Map.of("step", "$.step", "target", "$.target")))
                    .build());
      }
    }
  }

  private static IFilterPattern event(String name) {
    return FilterPattern.stringValue("$.event", "=", name);
  }

  private Metric fromLog(FunctionSpec spec, String name, IFilterPattern pattern, String value) {
    MetricFilterOptions options =
        MetricFilterOptions.builder()
            .metricNamespace(Naming.METRICS)
            .metricName(name)
            .filterPattern(pattern)
            .metricValue(value)
            .build();
    return watched
        .function(spec)
        .log()
        .addMetricFilter(name, options)
        .metric(
            MetricOptions.builder()
                .statistic(value.equals("1") ? "Sum" : "Maximum")
                .period(PERIOD)
                .build());
  }

  private static IMetric sum(List<? extends IMetric> metrics) {
    Map<String, IMetric> named = new LinkedHashMap<>();
    IntStream.range(0, metrics.size()).forEach(i -> named.put("m" + i, metrics.get(i)));
    return MathExpression.Builder.create()
        .expression("SUM([" + String.join(",", named.keySet()) + "])")
        .usingMetrics(named)
        .period(PERIOD)
        .label("sum")
        .build();
  }

  /// @param least from which on it is an alarm, within five minutes
  private void alarm(String name, IMetric metric, int least) {
    Alarm alarm =
        Alarm.Builder.create(this, name)
            .alarmName(Naming.PREFIX + name)
            .alarmDescription("What to do: docs/operations.md, " + name)
            .metric(metric)
            .threshold(least)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    alarm.addAlarmAction(new SnsAction(topic));
  }
}
