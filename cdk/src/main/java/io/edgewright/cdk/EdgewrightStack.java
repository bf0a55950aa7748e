package io.edgewright.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.LambdaFunctionProps;
import software.constructs.Construct;

/// The whole service: data, functions, workflow, API, and what watches them.
public final class EdgewrightStack extends Stack {
  private final StackOptions options;
  private final Resources resources;

  public EdgewrightStack(Construct scope, StackOptions options) {
    super(
        scope,
        Naming.STACK,
        StackProps.builder()
            .description(
                "Edgewright: compiles neural networks for edge devices, and rolls them out")
            .build());
    this.options = options;
    var store = new Store(this, "Store");
    resources =
        new Resources(
            store,
            new Tables(this, "Tables"),
            new SigningKeys(this, "SigningKeys", options.keys()),
            options.compiler());

    var network = new WorkerNetwork(this, "WorkerNetwork", store);
    var publish = service(FunctionSpec.PUBLISH);
    Map<String, CalledFunction> steps =
        Map.of(
            "InspectFunction", service(FunctionSpec.INSPECT),
            "CompileFunction", worker(FunctionSpec.COMPILE, network),
            "VerifyFunction", worker(FunctionSpec.VERIFY, network),
            "PublishFunction", publish,
            "SummariseFunction", service(FunctionSpec.SUMMARISE),
            "GiveUpFunction", service(FunctionSpec.GIVE_UP));
    var workflow = new CompileWorkflow(this, "CompileWorkflow", steps);

    var operators = service(FunctionSpec.OPERATOR_API);
    var devices = service(FunctionSpec.DEVICE_API);
    var tick = service(FunctionSpec.TICK);
    operators.mayUse(workflow, Permissions.of(FunctionSpec.OPERATOR_API));
    tick.mayUse(workflow, Permissions.of(FunctionSpec.TICK));
    operators.mayAsk(publish);
    tick.mayAsk(publish);
    everyMinute(tick);

    var api = new Api(this, "Api", operators, devices);
    var watched =
        new Watch.Watched(
            steps,
            Map.of("OperatorApi", operators, "DeviceApi", devices, "TickFunction", tick),
            workflow,
            api,
            resources.tables());
    new Watch(this, "Watch", watched);
    new Overview(this, "Overview", watched);
    CfnOutput.Builder.create(this, "Address").value(api.rest().getUrl()).build();
    CfnOutput.Builder.create(this, "Bucket").value(store.bucket().getBucketName()).build();
    resources.keys().putOut(this);
    Findings.explain(this);
  }

  private ServiceFunction service(FunctionSpec spec) {
    return new ServiceFunction(this, spec, options.service(), resources);
  }

  private WorkerFunction worker(FunctionSpec spec, WorkerNetwork network) {
    return new WorkerFunction(this, spec, options, network, resources);
  }

  /// A tick that fails is not tried again: the next one does the same.
  private void everyMinute(ServiceFunction tick) {
    Rule.Builder.create(this, "EveryMinute")
        .schedule(Schedule.rate(Duration.minutes(1)))
        .targets(
            List.of(
                new LambdaFunction(
                    tick.alias(), LambdaFunctionProps.builder().retryAttempts(0).build())))
        .build();
  }
}
