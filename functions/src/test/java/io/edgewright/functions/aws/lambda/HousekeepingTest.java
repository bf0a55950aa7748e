package io.edgewright.functions.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.aws.SmallLambda;
import io.edgewright.functions.aws.StepFunctionsWorkflow.Standing;
import io.edgewright.functions.aws.store.DynamoCompilationStore;
import io.edgewright.functions.aws.store.Tables;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.State;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Put together from its environment alone, as on Lambda.
@Tag("localstack")
class HousekeepingTest {
  private final Instant longAgo = Instant.now().minus(Duration.ofHours(1));

  private final List<String> asked = new ArrayList<>();

  private OnThisMachine here;
  private SmallLambda lambda;
  private Housekeeping housekeeping;
  private DynamoCompilationStore compilations;

  @BeforeEach
  void open() throws IOException {
    AwsServer server = AwsServer.find();
    Tables tables =
        server.newTables("compilations", "bundles", "deployments", "uploads", "metadata");
    compilations = new DynamoCompilationStore(tables, Clock.systemUTC(), Duration.ZERO);
    String machine = server.newStateMachine();
    lambda =
        new SmallLambda(input -> {
          asked.add(input.path("sign").asText());
          return Json.object();
        });
    here = new OnThisMachine(server).withLambda(lambda.address());
    housekeeping =
        Housekeeping.of(
            new Assembly(
                new Settings(
                    Map.of(
                        "EDGEWRIGHT_BUCKET",
                        server.newBucket(),
                        "EDGEWRIGHT_TABLES",
                        tables.prefix(),
                        "EDGEWRIGHT_STATE_MACHINE",
                        machine,
                        "EDGEWRIGHT_PUBLISH_FUNCTION",
                        SmallLambda.FUNCTION,
                        "EDGEWRIGHT_COMPILER",
                        Samples.digest("compiler").hex(),
                        "EDGEWRIGHT_S3_PATH_STYLE",
                        "true"))));
  }

  @AfterEach
  void close() {
    if (here != null) {
      here.close();
      lambda.close();
    }
    if (housekeeping != null) {
      housekeeping.close();
    }
  }

  private void run() throws IOException {
    housekeeping.run(true);
  }

  @Test
  void startsWhatWasRecordedAndNotStarted() throws IOException {
    Compilation forgotten = Samples.compilation("a", longAgo, "host");
    Compilation fresh = Samples.compilation("b", Instant.now(), "host");
    compilations.create(forgotten);
    compilations.create(fresh);
    run();
    assertThat(housekeeping.workflow().standing(forgotten.id(), 1)).isEqualTo(Standing.RUNNING);
    assertThat(housekeeping.workflow().standing(fresh.id(), 1)).isEqualTo(Standing.NEVER_STARTED);
    run();
    assertThat(compilations.find(forgotten.id()).orElseThrow().state()).isEqualTo(State.QUEUED);
  }

  /// Nothing was ever signed, which every minute sees, and each quarter of an hour asks anyway.
  @Test
  void leavesSigningToTheFunctionWithTheKeys() throws IOException {
    housekeeping.run(false);
    assertThat(asked).containsExactly("renewal");
    housekeeping.run(true);
    assertThat(asked).containsExactly("renewal", "renewal", "renewal");
  }

  /// Somebody stopped the execution, or it took longer than Step Functions lets it.
  @Test
  void endsWhatHasNoWorkflowAnyMore() throws IOException {
    Compilation lost = Samples.compilation("a", longAgo, "host", "board");
    compilations.create(lost);
    housekeeping.workflow().start(lost.id(), 1);
    housekeeping.workflow().stop(lost.id(), 1);
    run();
    Compilation ended = compilations.find(lost.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(State.FAILED);
    assertThat(ended.problems()).extracting(ServiceProblem::code).containsExactly("EW-4054");
    assertThat(ended.targets()).allMatch(target -> target.state() == State.FAILED);
    assertThat(compilations.unfinished()).isEmpty();
  }
}
