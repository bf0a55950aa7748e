package io.edgewright.functions.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewright.functions.workflow.WorkflowCases;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// Step Functions as LocalStack has it, which reads the same `cases.json` for its functions.
@Tag("localstack")
class StepFunctionsCasesTest extends WorkflowCases {
  private SfnClient client;

  @BeforeEach
  void findLocalStack() {
    String address = System.getProperty("edgewright.localstack.endpoint", "");
    assumeTrue(
        !address.isEmpty(),
        "needs LocalStack at -Dedgewright.localstack.endpoint, which ./edgewright test"
            + " --localstack starts");
    client = new AwsServer(URI.create(address)).stepFunctions();
  }

  /// LocalStack finds the cases by the machine's name, and the case behind its ARN.
  private String start(String name) throws IOException {
    String definition = definition();
    String machine =
        client
            .createStateMachine(request ->
                request
                    .name("compile")
                    .roleArn("arn:aws:iam::000000000000:role/r")
                    .definition(definition))
            .stateMachineArn();
    return client
        .startExecution(request ->
            request
                .stateMachineArn(machine + "#" + name)
                .name(name + UUID.randomUUID())
                .input(INPUT))
        .executionArn();
  }

  @Override
  protected Ended run(String name) throws IOException, InterruptedException {
    String execution = start(name);
    DescribeExecutionResponse ended = await(execution);
    String output = ended.status() == ExecutionStatus.SUCCEEDED ? ended.output() : ended.error();
    return new Ended(ended.statusAsString(), output, entered(execution));
  }

  @Override
  protected String statusOfStopped(String name) throws IOException, InterruptedException {
    String execution = start(name);
    client.stopExecution(request -> request.executionArn(execution));
    return await(execution).statusAsString();
  }

  private DescribeExecutionResponse await(String execution) throws InterruptedException {
    while (true) {
      DescribeExecutionResponse now =
          client.describeExecution(request -> request.executionArn(execution));
      if (now.status() != ExecutionStatus.RUNNING) {
        return now;
      }
      Thread.sleep(100);
    }
  }

  private List<String> entered(String execution) {
    Stream<HistoryEvent> events =
        client.getExecutionHistory(request -> request.executionArn(execution)).events().stream();
    return events
        .map(HistoryEvent::stateEnteredEventDetails)
        .filter(Objects::nonNull)
        .map(details -> details.name())
        .sorted()
        .toList();
  }
}
