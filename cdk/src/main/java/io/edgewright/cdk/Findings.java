package io.edgewright.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;

/// What CDK and cdk-nag's pack AwsSolutions find and why it stays, a line each. A wildcard is
/// excused by its form, so that one of another form is found.
final class Findings {
  private static final List<NagPackSuppression> EXPLAINED =
      List.of(
          wildcard(
              "/^Resource::\\*$/g",
              "X-Ray, deliveries of logs and attaching to a network know no resources"),
          wildcard(
              "/^Resource::<\\w+Log\\w+\\.Arn>:\\*$/g",
              "streams of the function's own log, which Lambda names as it starts them"),
          wildcard(
              "/^Resource::<StoreBucket\\w+\\.Arn>\\/[a-z]+(\\/[a-z]+)?\\/\\*$/g",
              "objects below one prefix, named by their content"),
          wildcard(
              "/^Resource::arn:<AWS::Partition>:states:.*:execution:<CompileWorkflow\\w+\\.Name>:\\*$/g",
              "executions of this one workflow, named by compilations"),
          because(
              "AwsSolutions-IAM4",
              "the account's role for API Gateway's logs, which needs this policy of AWS"),
          because(
              "AwsSolutions-APIG2",
              "the service checks requests itself and says what is wrong in its own words"),
          because(
              "AwsSolutions-APIG3",
              "no firewall by default: requests are signed and the stage is throttled"));

  private Findings() {}

  static void explain(Stack stack) {
    NagSuppressions.addStackSuppressions(stack, EXPLAINED);
    Annotations.of(stack)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish",
            "callers go through aliases of versions");
  }

  private static NagPackSuppression wildcard(String form, String reason) {
    return NagPackSuppression.builder()
        .id("AwsSolutions-IAM5")
        .reason(reason)
        .appliesTo(List.of(RegexAppliesTo.builder().regex(form).build()))
        .build();
  }

  private static NagPackSuppression because(String id, String reason) {
    return NagPackSuppression.builder().id(id).reason(reason).build();
  }
}
