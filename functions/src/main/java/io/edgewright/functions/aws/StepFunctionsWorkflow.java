package io.edgewright.functions.aws;

import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Workflow;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Executions of Step Functions. Each has the name of its attempt, and Step Functions knows no two
/// of the same name, so starting twice does no harm, whatever became of the first reply.
public final class StepFunctionsWorkflow implements Workflow {
  private final SfnClient client;
  private final Supplier<String> stateMachine;

  /// @param stateMachine its ARN, asked for when it is needed
  public StepFunctionsWorkflow(SfnClient client, Supplier<String> stateMachine) {
    this.client = client;
    this.stateMachine = stateMachine;
  }

  /// How an attempt stands.
  public enum Standing {
    NEVER_STARTED,
    RUNNING,
    ENDED
  }

  private static String name(String compilation, int attempt) {
    return compilation + "-" + attempt;
  }

  private String execution(String compilation, int attempt) {
    return stateMachine.get().replace(":stateMachine:", ":execution:")
        + ":"
        + name(compilation, attempt);
  }

  @Override
  public void start(String compilation, int attempt) {
    String input = Json.text(Json.object().put("compilation", compilation).put("attempt", attempt));
    try {
      client.startExecution(request ->
          request
              .stateMachineArn(stateMachine.get())
              .name(name(compilation, attempt))
              .input(input));
    } catch (ExecutionAlreadyExistsException _) {
      // It ran already and has ended.
    }
  }

  @Override
  public void stop(String compilation, int attempt) {
    try {
      client.stopExecution(request ->
          request.executionArn(execution(compilation, attempt)).cause("nobody wants it"));
    } catch (ExecutionDoesNotExistException _) {
      // It was never started, or long ago.
    }
  }

  public Standing standing(String compilation, int attempt) {
    try {
      Optional<ExecutionStatus> status =
          Optional.ofNullable(
              client
                  .describeExecution(
                      request -> request.executionArn(execution(compilation, attempt)))
                  .status());
      return status.filter(ExecutionStatus.RUNNING::equals).isPresent()
          ? Standing.RUNNING
          : Standing.ENDED;
    } catch (ExecutionDoesNotExistException _) {
      return Standing.NEVER_STARTED;
    }
  }
}
