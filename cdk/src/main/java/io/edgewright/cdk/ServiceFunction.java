package io.edgewright.cdk;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/// A function from the service's zip: Java 25 on arm64, a fifth cheaper, restored from a snapshot
/// (SnapStart). Snapshots belong to published versions, so callers go through an alias.
final class ServiceFunction extends Construct implements CalledFunction {
  private final Function function;
  private final Alias alias;
  private final FunctionRole role;

  ServiceFunction(Construct scope, FunctionSpec spec, Path zip, Resources resources) {
    super(scope, spec.name());
    Permissions permissions = Permissions.of(spec);
    role = new FunctionRole(this, "Access");
    resources.statements(permissions).forEach(role::add);
    function =
        Function.Builder.create(this, "Function")
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .handler(spec.handler())
            .code(Code.fromAsset(zip.toString()))
            .memorySize(spec.memoryMegabytes())
            .timeout(spec.time())
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .tracing(Tracing.ACTIVE)
            .logGroup(role.log())
            .role(role.role())
            .environment(resources.environment(spec, permissions))
            .build();
    alias =
        Alias.Builder.create(this, "Alias")
            .aliasName(Naming.ALIAS)
            .version(function.getCurrentVersion())
            .build();
  }

  /// Lets it start or look at executions of the workflow, and tells it which workflow.
  void mayUse(CompileWorkflow workflow, Permissions permissions) {
    function.addEnvironment("EDGEWRIGHT_STATE_MACHINE", workflow.arn());
    for (String action : permissions.workflow()) {
      String resource =
          action.equals("states:StartExecution") ? workflow.arn() : workflow.executions();
      role.add(
          PolicyStatement.Builder.create()
              .actions(List.of(action))
              .resources(List.of(resource))
              .build());
    }
  }

  /// Lets it call the function that signs, and tells it which one that is.
  void mayAsk(ServiceFunction signing) {
    function.addEnvironment("EDGEWRIGHT_PUBLISH_FUNCTION", signing.arn());
    role.add(Resources.allow(List.of("lambda:InvokeFunction"), List.of(signing.arn())));
  }

  Alias alias() {
    return alias;
  }

  @Override
  public String arn() {
    return alias.getFunctionArn();
  }

  @Override
  public Function function() {
    return function;
  }

  @Override
  public LogGroup log() {
    return role.log();
  }
}
