package io.edgewright.cdk;

import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// What every function has: a log of its own that is kept for three months, and a role that may
/// write to it and send traces. None of the policies that AWS manages: those allow every log group.
final class FunctionRole extends Construct {
  private static final List<String> LOG = List.of("logs:CreateLogStream", "logs:PutLogEvents");
  private static final List<String> TRACES =
      List.of("xray:PutTelemetryRecords", "xray:PutTraceSegments");

  private final LogGroup log;
  private final Role role;

  FunctionRole(Construct scope, String id) {
    super(scope, id);
    log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    may(LOG, List.of(log.getLogGroupArn() + ":*"));
    // X-Ray knows no resources.
    may(TRACES, List.of("*"));
  }

  void may(List<String> actions, List<String> resources) {
    add(Resources.allow(actions, resources));
  }

  void add(PolicyStatement statement) {
    role.addToPolicy(statement);
  }

  LogGroup log() {
    return log;
  }

  Role role() {
    return role;
  }
}
