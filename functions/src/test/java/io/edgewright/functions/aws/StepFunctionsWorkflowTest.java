package io.edgewright.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.aws.StepFunctionsWorkflow.Standing;
import io.edgewright.functions.core.store.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

@Tag("localstack")
class StepFunctionsWorkflowTest {
  private static final String ID = Samples.digest("a compilation").hex();

  private SfnClient client;
  private String machine;
  private StepFunctionsWorkflow workflow;

  @BeforeEach
  void makeMachine() {
    AwsServer server = AwsServer.find();
    client = server.stepFunctions();
    machine = server.newStateMachine();
    workflow = new StepFunctionsWorkflow(client, () -> machine);
  }

  private Iterable<ExecutionListItem> executions() {
    return client.listExecutions(request -> request.stateMachineArn(machine)).executions();
  }

  @Test
  void startsAnAttemptOnce() {
    workflow.start(ID, 1);
    workflow.start(ID, 1);
    assertThat(executions()).extracting(ExecutionListItem::name).containsExactly(ID + "-1");
    workflow.start(ID, 2);
    assertThat(executions()).hasSize(2);
  }

  @Test
  void handsOverWhatTheWorkflowNeeds() {
    workflow.start(ID, 7);
    String arn = executions().iterator().next().executionArn();
    assertThat(client.describeExecution(request -> request.executionArn(arn)).input())
        .isEqualTo("{\"compilation\":\"" + ID + "\",\"attempt\":7}");
  }

  @Test
  void stopsWhatRunsAndNothingElse() {
    workflow.stop(ID, 1);
    workflow.start(ID, 1);
    assertThat(workflow.standing(ID, 1)).isEqualTo(Standing.RUNNING);
    workflow.stop(ID, 1);
    assertThat(workflow.standing(ID, 1)).isEqualTo(Standing.ENDED);
    assertThat(workflow.standing(ID, 2)).isEqualTo(Standing.NEVER_STARTED);
    workflow.start(ID, 1);
    assertThat(workflow.standing(ID, 1)).isEqualTo(Standing.ENDED);
  }
}
