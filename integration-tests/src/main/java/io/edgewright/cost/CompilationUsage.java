package io.edgewright.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.workflow.Step;

/// What a compilation takes, from the request to signed metadata. Transitions and executions are
/// those of the workflow's file on its way to success; calls of the stores are those of its steps.
///
/// @param whole for a compilation, whatever its targets
/// @param target for each of them, but for the worker's time
record CompilationUsage(Path whole, Path target, Measured measured) {
  private static final double LOG_GIGABYTES = 2e-6;
  private static final int ROLES_SIGNED = 3;

  /// A way through states.
  ///
  /// @param transitions Step Functions counts every state that is entered
  /// @param tasks states that call a function
  record Path(int transitions, int tasks) {}

  static CompilationUsage counted(Measured measured) {
    JsonNode machine = DataFile.resource(Step.class, "/io/edgewright/functions/compile.asl.json");
    Path inner = path(machine.at("/States/Targets/ItemProcessor"));
    return new CompilationUsage(path(machine), inner, measured);
  }

  /// From the start to the end, by `Default` where there is a choice: the way without problems.
  private static Path path(JsonNode machine) {
    int transitions = 0;
    int tasks = 0;
    String name = machine.get("StartAt").asText();
    while (!name.isEmpty()) {
      JsonNode state = machine.get("States").get(name);
      transitions++;
      tasks += state.get("Type").asText().equals("Task") ? 1 : 0;
      name = state.path("Next").asText(state.path("Default").asText());
    }
    return new Path(transitions, tasks);
  }

  /// The request, some polls for its end, Inspect and Summarise.
  Usage ofWhole(Processor processor) {
    int requests = 4;
    return requests(processor, requests)
        .plus("stepFunctions.transition", whole.transitions())
        .plus(steps(processor, whole.tasks()))
        .plus("dynamoDb.write", 6)
        .plus("dynamoDb.read", 12)
        .plus("s3.put", 2)
        .plus("s3.get", 2)
        .plus("logs.gigabyte", LOG_GIGABYTES);
  }

  /// One target: the worker's time is what it depends on.
  Usage ofTarget(Processor processor, Measured.Target one) {
    int others = target.tasks() - 2;
    return processor
        .execution(measured.worker().gigabytes(), one.seconds())
        .plus(processor.execution(measured.verify().gigabytes(), measured.verify().seconds()))
        .plus(steps(processor, others))
        .plus("stepFunctions.transition", target.transitions())
        .plus("dynamoDb.write", 8)
        .plus("dynamoDb.read", 8)
        .plus("s3.put", 4)
        .plus("s3.get", 6)
        .plus("kms.sign", ROLES_SIGNED)
        .plus("s3.gigabyteMonth", one.bundleMegabytes() / 1e3)
        .plus("logs.gigabyte", LOG_GIGABYTES);
  }

  private Usage steps(Processor processor, int count) {
    return processor.execution(measured.step().gigabytes(), measured.step().seconds()).times(count);
  }

  private Usage requests(Processor processor, int count) {
    return processor
        .execution(measured.request().gigabytes(), measured.request().seconds())
        .plus("apiGateway.request", 1)
        .times(count);
  }
}
