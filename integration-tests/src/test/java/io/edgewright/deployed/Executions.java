package io.edgewright.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What the stack's state machine did.
record Executions(SfnClient client) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PAUSE_MILLIS = 300;

  /// @return the ARNs
  List<String> of(String compilation) {
    String machine = client.listStateMachines().stateMachines().getFirst().stateMachineArn();
    return client.listExecutions(request -> request.stateMachineArn(machine)).executions().stream()
        .map(ExecutionListItem::executionArn)
        .filter(arn -> arn.contains(compilation))
        .toList();
  }

  /// Starts another one with the same input.
  ///
  /// @return its ARN
  String startAgain(String execution) {
    DescribeExecutionResponse first = described(execution);
    return client
        .startExecution(
            request -> request.stateMachineArn(first.stateMachineArn()).input(first.input()))
        .executionArn();
  }

  /// How it ended, once it did.
  ExecutionStatus ended(String execution) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    ExecutionStatus status = described(execution).status();
    while (status == ExecutionStatus.RUNNING) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(PAUSE_MILLIS);
      status = described(execution).status();
    }
    return status;
  }

  private DescribeExecutionResponse described(String execution) {
    return client.describeExecution(request -> request.executionArn(execution));
  }

  @Override
  public void close() {
    client.close();
  }
}
