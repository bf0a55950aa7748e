package io.edgewright.cdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/// The state machine of `compile.asl.json`, the very file that the embedded service runs. Standard,
/// not Express: a compilation may take longer than five minutes, and a name starts once.
final class CompileWorkflow extends Construct {
  private final StateMachine machine;

  /// @param functions by the names that the file has for them
  CompileWorkflow(Construct scope, String id, Map<String, CalledFunction> functions) {
    super(scope, id);
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/aws/vendedlogs/states/" + Naming.PREFIX + "compile")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("states.amazonaws.com"))
            .build();
    Map<String, String> arns = new TreeMap<>();
    functions.forEach((name, function) -> arns.put(name, function.arn()));
    role.addToPolicy(Resources.allow(List.of("lambda:InvokeFunction"), List.copyOf(arns.values())));
    machine =
        StateMachine.Builder.create(this, "Machine")
            .stateMachineType(StateMachineType.STANDARD)
            .definitionBody(DefinitionBody.fromString(Contract.workflow()))
            .definitionSubstitutions(arns)
            .role(role)
            .tracingEnabled(true)
            // What flows between steps stays out of the log: it holds customers' manifests.
            .logs(
                LogOptions.builder()
                    .destination(log)
                    .level(LogLevel.ALL)
                    .includeExecutionData(false)
                    .build())
            .build();
  }

  String arn() {
    return machine.getStateMachineArn();
  }

  /// All executions, as a resource of policies.
  String executions() {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("states")
                .resource("execution")
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .resourceName(machine.getStateMachineName() + ":*")
                .build());
  }

  StateMachine machine() {
    return machine;
  }
}
