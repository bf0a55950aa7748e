package io.edgewright.functions.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.Deployment.Rollout;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.MovingClock;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.core.trust.MemoryMetadata;
import io.edgewright.functions.core.trust.MemorySigner;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.core.trust.PublishedMetadata;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.SqliteCompilationStore;
import io.edgewright.functions.embedded.store.SqliteDeploymentStore;
import io.edgewright.functions.embedded.store.SqliteDeviceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A schedule may call twice for the same minute, and nothing keeps the two calls apart.
class TwoClocksTest {
  private static final int STAGES = 20;
  private static final Duration OBSERVED = Duration.ofMinutes(10);

  private final MovingClock clock = new MovingClock(Samples.NOON);
  private final MetadataStore metadata = new MemoryMetadata();

  @TempDir Path folder;
  private Database database;
  private SqliteCompilationStore compilations;
  private SqliteDeploymentStore deployments;

  @BeforeEach
  void open() {
    database = new Database(folder.resolve("service.db"));
    compilations = new SqliteCompilationStore(database);
    deployments = new SqliteDeploymentStore(database);
    Compilation compilation = Samples.compilation("a", Samples.NOON, "host");
    compilations.create(compilation);
    compilations.setTarget(
        compilation.id(), 1, TargetStatus.done("host", Samples.artifact("b")), Samples.NOON);
    var stages = IntStream.rangeClosed(1, STAGES).mapToObj(i -> i * 100 / STAGES).toList();
    deployments.write(
        new Deployment(
            "lobby",
            1,
            compilation.id(),
            Optional.empty(),
            new Rollout(stages, new Gate(100, 0, OBSERVED)),
            Phase.ROLLING_OUT,
            0,
            Samples.NOON,
            Samples.NOON,
            "",
            1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private GroupMetadata signing() {
    return new GroupMetadata(
        deployments,
        new GroupFiles(compilations),
        new MetadataPublisher(metadata, new MemorySigner(), clock));
  }

  @Test
  void moveARolloutOnAsOneDoes() throws InterruptedException {
    GroupMetadata signing = signing();
    var files = new GroupFiles(compilations);
    signing.signGroup("lobby");
    Runnable tick =
        () ->
            new Rollouts(deployments, compilations, new SqliteDeviceStore(database), signing, clock)
                .advanceAll();
    for (int stage = 1; stage <= STAGES; stage++) {
      clock.advance(OBSERVED);
      Thread other = Thread.ofPlatform().start(tick);
      tick.run();
      other.join();
      Deployment now = deployments.find("lobby").orElseThrow();
      assertThat(now.revision()).isEqualTo(1 + stage);
      assertThat(new PublishedMetadata(metadata, clock).says("lobby", files.of(now))).isTrue();
    }
    assertThat(deployments.find("lobby").orElseThrow().phase()).isEqualTo(Phase.DONE);
    // One version a stage, and no version of a role is left out.
    assertThat(metadata.latest("group/lobby").orElseThrow().version()).isEqualTo(STAGES + 1);
    assertThat(metadata.latest("timestamp").orElseThrow().version()).isEqualTo(STAGES + 1);
  }
}
