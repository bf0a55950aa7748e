package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who may do what, read from the template that CloudFormation gets.
@Tag("slow")
class PermissionsTest {
  private static final String LOG = "logs:CreateLogStream PutLogEvents on <%sAccessLog>:*";
  private static final String TRACES = "xray:PutTelemetryRecords PutTraceSegments on *";
  private static final String ATTACH =
      "ec2:AssignPrivateIpAddresses CreateNetworkInterface DeleteNetworkInterface"
          + " DescribeNetworkInterfaces DescribeSubnets UnassignPrivateIpAddresses on *";

  /// All that functions may do beside their own log and traces: actions, then resources. A table in
  /// `<>` has its indexes with it where it is queried.
  private static final String ALLOWED =
      """
      CompileFunction
        s3:GetObject on <StoreBucket>/models/*
        s3:PutObject on <StoreBucket>/staging/*
      DeviceApi
        s3:GetObject on <StoreBucket>/bundles/*
        dynamodb:GetItem on <edgewright-compilations>
        dynamodb:GetItem on <edgewright-deployments>
        dynamodb:PutItem on <edgewright-outcomes>
        dynamodb:GetItem UpdateItem on <edgewright-claims>
        dynamodb:GetItem PutItem UpdateItem on <edgewright-devices>
        dynamodb:GetItem PutItem on <edgewright-keys>
        dynamodb:PutItem on <edgewright-reports>
        dynamodb:PutItem Query on <edgewright-results> with arrival, device
        dynamodb:PutItem on <edgewright-benchmarks>
        dynamodb:PutItem on <edgewright-nonces>
        dynamodb:GetItem Query on <edgewright-metadata>
      GiveUpFunction
        dynamodb:GetItem UpdateItem on <edgewright-compilations>
      InspectFunction
        s3:ListBucket on <StoreBucket>
        s3:GetObject on <StoreBucket>/models/*
        s3:GetObject on <StoreBucket>/manifests/*
        s3:PutObject on <StoreBucket>/models/jobs/*
        dynamodb:GetItem UpdateItem on <edgewright-compilations>
      OperatorApi
        s3:ListBucket on <StoreBucket>
        s3:DeleteObject GetObject PutObject on <StoreBucket>/models/*
        s3:GetObject PutObject on <StoreBucket>/manifests/*
        s3:DeleteObject on <StoreBucket>/staging/*
        s3:AbortMultipartUpload GetObject ListMultipartUploadParts PutObject on <StoreBucket>/staging/parts/*
        s3:DeleteObject GetObject on <StoreBucket>/bundles/*
        s3:DeleteObject GetObject on <StoreBucket>/reports/*
        dynamodb:BatchGetItem GetItem PutItem Query UpdateItem on <edgewright-compilations> with newest, unfinished
        dynamodb:BatchGetItem DeleteItem Query UpdateItem on <edgewright-bundles> with doomed
        dynamodb:BatchGetItem GetItem PutItem Query on <edgewright-deployments> with groups, rolling-out
        dynamodb:Query on <edgewright-outcomes>
        dynamodb:PutItem on <edgewright-claims>
        dynamodb:GetItem Query UpdateItem on <edgewright-devices> with newest, group
        dynamodb:Query on <edgewright-reports>
        dynamodb:Query on <edgewright-results> with arrival, device
        dynamodb:Query on <edgewright-benchmarks> with newest, model
        dynamodb:DeleteItem PutItem UpdateItem on <edgewright-idempotency>
        dynamodb:DeleteItem GetItem PutItem on <edgewright-uploads>
        dynamodb:Query on <edgewright-metadata>
        states:StartExecution on <CompileWorkflowMachine>
        states:StopExecution on executions of <CompileWorkflowMachine>
        lambda:InvokeFunction on <PublishFunctionAlias>
      PublishFunction
        s3:ListBucket on <StoreBucket>
        s3:DeleteObject GetObject on <StoreBucket>/staging/*
        s3:GetObject PutObject on <StoreBucket>/bundles/*
        s3:GetObject PutObject on <StoreBucket>/reports/*
        dynamodb:GetItem UpdateItem on <edgewright-compilations>
        dynamodb:UpdateItem on <edgewright-bundles>
        dynamodb:GetItem on <edgewright-deployments>
        dynamodb:ConditionCheckItem PutItem Query on <edgewright-metadata>
        kms:GetPublicKey Sign on all five keys
      SummariseFunction
        s3:DeleteObject on <StoreBucket>/models/jobs/*
        s3:DeleteObject on <StoreBucket>/staging/*
        dynamodb:GetItem UpdateItem on <edgewright-compilations>
      TickFunction
        s3:DeleteObject on <StoreBucket>/bundles/*
        s3:DeleteObject on <StoreBucket>/reports/*
        s3:AbortMultipartUpload DeleteObject on <StoreBucket>/staging/parts/*
        dynamodb:BatchGetItem GetItem Query UpdateItem on <edgewright-compilations> with newest, unfinished
        dynamodb:BatchGetItem DeleteItem Query on <edgewright-bundles> with doomed
        dynamodb:BatchGetItem GetItem PutItem Query on <edgewright-deployments> with groups, rolling-out
        dynamodb:Query on <edgewright-outcomes>
        dynamodb:Query on <edgewright-devices> with newest, group
        dynamodb:BatchGetItem DeleteItem Query on <edgewright-uploads> with oldest
        dynamodb:Query on <edgewright-metadata>
        states:StartExecution on <CompileWorkflowMachine>
        states:DescribeExecution on executions of <CompileWorkflowMachine>
        lambda:InvokeFunction on <PublishFunctionAlias>
      VerifyFunction
        s3:GetObject on <StoreBucket>/staging/*
      """;

  private final TemplateText template = new TemplateText(Synthesised.imageTemplate());

  private Map<String, List<String>> allowed() {
    Map<String, List<String>> all = new TreeMap<>();
    template
        .policies()
        .forEach(policy ->
            all.put(
                template.text(policy.required("Roles").required(0)).replaceAll("[<>]", ""),
                TemplateText.statements(policy).map(this::line).toList()));
    return all;
  }

  private String line(JsonNode statement) {
    var actions = new TreeSet<>(template.texts(statement.required("Action")));
    String service = actions.first().substring(0, actions.first().indexOf(':') + 1);
    String names =
        actions.stream()
            .map(action -> action.substring(service.length()))
            .collect(Collectors.joining(" "));
    List<String> resources = template.texts(statement.required("Resource"));
    String deny = statement.required("Effect").asText().equals("Deny") ? "NOT " : "";
    return deny + service + names + " on " + resources(resources);
  }

  private static String resources(List<String> resources) {
    if (resources.size() == 5 && resources.stream().allMatch(key -> key.contains("SigningKeys"))) {
      return "all five keys";
    }
    String first = resources.getFirst();
    if (first.startsWith("arn:") && first.contains(":execution:")) {
      return "executions of " + first.replaceAll(".*:execution:(<\\w+>):\\*", "$1");
    }
    String indexes =
        resources.stream()
            .skip(1)
            .map(one -> one.replace(first + "/index/", ""))
            .collect(Collectors.joining(", "));
    return indexes.isEmpty() ? first : first + " with " + indexes;
  }

  private static String functionOf(String role) {
    return role.replace("AccessRole", "");
  }

  private Map<String, List<String>> functions() {
    Map<String, List<String>> functions = new TreeMap<>();
    allowed()
        .forEach((role, lines) -> {
          if (role.endsWith("AccessRole")) {
            functions.put(functionOf(role), lines);
          }
        });
    return functions;
  }

  @Test
  void everyFunctionMayDoExactlyThis() {
    StringBuilder found = new StringBuilder();
    functions()
        .forEach((name, lines) -> {
          found.append(name).append('\n');
          lines.stream()
              .filter(line ->
                  !line.equals(LOG.formatted(name))
                      && !line.equals(TRACES)
                      && !line.endsWith(ATTACH))
              .forEach(line -> found.append("  ").append(line).append('\n'));
        });
    assertThat(found).hasToString(ALLOWED);
  }

  @Test
  void everyFunctionWritesItsOwnLogAndTraces() {
    assertThat(functions().keySet())
        .containsExactlyElementsOf(
            FunctionSpec.ALL.stream().map(FunctionSpec::name).sorted().toList());
    functions().forEach((name, lines) -> assertThat(lines).contains(LOG.formatted(name), TRACES));
  }

  /// Lambda attaches a worker to its network with the worker's role; the worker's code is refused.
  @Test
  void workersAloneAreAttachedToANetworkAndCannotAttachThemselves() {
    functions()
        .forEach((name, lines) -> {
          boolean isWorker = List.of("CompileFunction", "VerifyFunction").contains(name);
          assertThat(lines.contains(ATTACH)).as(name).isEqualTo(isWorker);
          assertThat(lines.contains("NOT " + ATTACH)).as(name).isEqualTo(isWorker);
        });
  }

  /// `*` alone stands only where the service knows no resources.
  @Test
  void nothingElseIsAllowedOnEverything() {
    List<String> onEverything =
        allowed().values().stream()
            .flatMap(List::stream)
            .filter(line -> line.endsWith(" on *"))
            .map(line -> line.replace("NOT ", ""))
            .map(line -> line.substring(0, line.indexOf(':')))
            .distinct()
            .sorted()
            .toList();
    assertThat(onEverything).containsExactly("ec2", "logs", "xray");
    assertThat(allowed().values().stream().flatMap(List::stream))
        .noneMatch(line -> line.matches(".*:[A-Za-z]*\\*.* on .*"));
  }

  /// Over the whole template: whoever else could sign, or write what it signed itself, could give
  /// devices anything to run.
  @Test
  void onlyPublishingMaySignAndWriteMetadata() {
    Map<String, List<String>> withKeys = new TreeMap<>();
    Map<String, List<String>> withMetadata = new TreeMap<>();
    allowed()
        .forEach((role, lines) ->
            lines.forEach(line -> {
              if (line.startsWith("kms:")) {
                withKeys.computeIfAbsent(role, name -> new ArrayList<>()).add(line);
              }
              if (line.matches("dynamodb:.*(Put|Update|Delete|Write).* on .*-metadata>.*")) {
                withMetadata.computeIfAbsent(role, name -> new ArrayList<>()).add(line);
              }
            }));
    assertThat(withKeys)
        .isEqualTo(
            Map.of("PublishFunctionAccessRole", List.of("kms:GetPublicKey Sign on all five keys")));
    assertThat(withMetadata.keySet()).containsExactly("PublishFunctionAccessRole");
  }

  @Test
  void theWorkflowCallsItsSixFunctionsAndNothingElse() {
    assertThat(allowed().get("CompileWorkflowRole"))
        .filteredOn(line -> line.startsWith("lambda:"))
        .containsExactly(
            "lambda:InvokeFunction on <CompileFunction> with <GiveUpFunctionAlias>,"
                + " <InspectFunctionAlias>, <PublishFunctionAlias>, <SummariseFunctionAlias>,"
                + " <VerifyFunction>");
  }

  /// A key's own policy hands all decisions to IAM, where the table above is.
  @Test
  void rolesHaveNoPolicyOfAwsButTheOneForLogsOfApiGateway() {
    assertThat(template.resources("AWS::IAM::Role").values())
        .filteredOn(role -> role.has("ManagedPolicyArns"))
        .singleElement()
        .satisfies(role ->
            assertThat(template.text(role.required("ManagedPolicyArns").required(0)))
                .endsWith("AmazonAPIGatewayPushToCloudWatchLogs"));
  }
}
