package io.edgewright.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.AssetImageCodeProps;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Handler;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/// A function that works on what strangers sent: in its own network, with a role that reads one
/// prefix and writes at most one. x86-64, since the toolchain is.
final class WorkerFunction extends Construct implements CalledFunction {
  /// A model, its generated C, objects and a bundle at a time.
  private static final Size DISK = Size.gibibytes(6);

  /// Lambda itself attaches a function to its network, with the function's own role.
  private static final List<String> ATTACH =
      List.of(
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses");

  private final Function function;
  private final FunctionRole role;

  WorkerFunction(
      Construct scope,
      FunctionSpec spec,
      StackOptions options,
      WorkerNetwork network,
      Resources resources) {
    super(scope, spec.name());
    Permissions permissions = Permissions.of(spec);
    role = new FunctionRole(this, "Access");
    resources.statements(permissions).forEach(role::add);
    role.may(ATTACH, List.of("*"));
    Function.Builder builder =
        switch (options.workers()) {
          case IMAGE -> image(spec, options);
          case ZIP -> zip(spec, options);
        };
    function =
        builder
            .architecture(Architecture.X86_64)
            .memorySize(spec.memoryMegabytes())
            .ephemeralStorageSize(DISK)
            .timeout(spec.time())
            .tracing(Tracing.ACTIVE)
            .logGroup(role.log())
            .role(role.role())
            .environment(resources.environment(spec, permissions))
            .vpc(network.vpc())
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
            .securityGroups(List.of(network.group()))
            .build();
    refuseToCode();
  }

  private Function.Builder image(FunctionSpec spec, StackOptions options) {
    return Function.Builder.create(this, "Function")
        .runtime(Runtime.FROM_IMAGE)
        .handler(Handler.FROM_IMAGE)
        .code(
            Code.fromAssetImage(
                options.worker().toString(),
                AssetImageCodeProps.builder()
                    .cmd(List.of(spec.handler()))
                    .platform(Platform.LINUX_AMD64)
                    .build()));
  }

  private Function.Builder zip(FunctionSpec spec, StackOptions options) {
    return Function.Builder.create(this, "Function")
        .runtime(Runtime.JAVA_25)
        .handler(spec.handler())
        .code(Code.fromAsset(options.worker().toString()));
  }

  /// The role needs these for Lambda's sake; what runs in the function has no business with them.
  private void refuseToCode() {
    String any = Fn.sub("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*");
    role.add(
        PolicyStatement.Builder.create()
            .effect(Effect.DENY)
            .actions(ATTACH)
            .resources(List.of("*"))
            .conditions(Map.of("ArnLike", Map.of("lambda:SourceFunctionArn", any)))
            .build());
  }

  @Override
  public String arn() {
    return function.getFunctionArn();
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
