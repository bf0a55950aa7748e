package io.edgewright.functions.core.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.device.GroupFiles;
import io.edgewright.functions.core.device.GroupMetadata;
import io.edgewright.functions.core.inspection.CompilerInspector;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.FileObjectStore;
import io.edgewright.functions.embedded.store.FileSigner;
import io.edgewright.functions.embedded.store.SignedAddresses;
import io.edgewright.functions.embedded.store.SqliteCompilationStore;
import io.edgewright.functions.embedded.store.SqliteDeploymentStore;
import io.edgewright.functions.embedded.store.SqliteMetadataStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The steps that record and sign believe workers nothing that they can see for themselves.
class TrustedStepsTest {
  private static final String TARGET = "x86-64-v3";
  private static final byte[] MANIFEST =
      ("{\"name\":\"name-a\",\"targets\":[\"" + TARGET + "\"]}").getBytes(UTF_8);

  private final Compilation sample = Samples.compilation("a", Samples.NOON, TARGET);
  private final Clock clock = Clock.systemUTC();

  @TempDir Path folder;
  private Database database;
  private SqliteCompilationStore compilations;
  private FileObjectStore objects;

  @BeforeEach
  void open() throws IOException {
    database = new Database(folder.resolve("service.db"));
    compilations = new SqliteCompilationStore(database);
    compilations.create(sample);
    objects =
        new FileObjectStore(
            folder.resolve("objects"),
            new SignedAddresses("secret".getBytes(UTF_8), clock, URI.create("http://h:1")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ObjectNode input() {
    return Json.object().put("compilation", sample.id()).put("attempt", 1).put("target", TARGET);
  }

  private TargetStatus target() {
    return compilations.find(sample.id()).orElseThrow().target(TARGET).orElseThrow();
  }

  private PublishStep publish() throws IOException {
    Path keys = Files.createDirectories(folder.resolve("keys"));
    var metadata =
        new MetadataPublisher(new SqliteMetadataStore(database), new FileSigner(keys), clock);
    return new PublishStep(
        compilations,
        objects,
        new GroupMetadata(
            new SqliteDeploymentStore(database), new GroupFiles(compilations), metadata),
        folder,
        clock);
  }

  /// Whoever compiles can write to staging, also after the bundle was verified.
  @Test
  void publishNothingButWhatWasVerified() throws IOException {
    byte[] verified = "verified".getBytes(UTF_8);
    byte[] staged = "replaced".getBytes(UTF_8);
    objects.putIfAbsent(Compilation.stagingKey(sample.id(), 1, TARGET), Content.of(staged));
    ObjectNode input =
        input()
            .put("digest", Digest.of(verified).hex())
            .put("bytes", verified.length)
            .put("verified", Artifact.Verification.NATIVE.name());
    PublishStep publish = publish();
    assertThatThrownBy(() -> publish.run(input))
        .isInstanceOf(ServiceFault.class)
        .hasMessageContaining("EW-4053");
    assertThat(objects.size(Artifact.bundleKey(Digest.of(verified)))).isEmpty();
    assertThat(objects.size(Artifact.bundleKey(Digest.of(staged)))).isEmpty();
    assertThat(target().state()).isEqualTo(State.QUEUED);
  }

  @Test
  void refuseAModelThatIsNotTheOneOfItsName() throws IOException {
    objects.putIfAbsent(sample.manifestKey(), Content.of(MANIFEST));
    objects.putIfAbsent(sample.modelKey(), Content.of("something else".getBytes(UTF_8)));
    var inspect =
        new InspectStep(
            compilations, objects, CompilerInspector.ofCompiler(sample.compiler()), folder, clock);
    assertThatThrownBy(() -> inspect.run(input())).isInstanceOf(NoRetry.class);
    Compilation refused = compilations.find(sample.id()).orElseThrow();
    assertThat(refused.state()).isEqualTo(State.FAILED);
    assertThat(refused.problems()).extracting(ServiceProblem::code).containsExactly("EW-4020");
  }

  @Test
  void recordWhatAWorkerRefused() {
    ObjectNode input = input();
    input.set("problems", ServiceProblem.toJson(List.of(Samples.PROBLEM)));
    var output = new GiveUpStep(compilations, clock).run(input);
    assertThat(output.path("target").asText()).isEqualTo(TARGET);
    assertThat(target().state()).isEqualTo(State.FAILED);
    assertThat(target().problems()).containsExactly(Samples.PROBLEM);
  }

  @Test
  void leaveAloneWhatAnotherExecutionPublished() {
    var done = TargetStatus.done(TARGET, Samples.artifact("x"));
    compilations.setTarget(sample.id(), 1, done, Samples.NOON);
    var giveUp = new GiveUpStep(compilations, clock);
    ObjectNode input = input().put("error", "java.io.FileNotFoundException").put("cause", "{}");
    assertThat(giveUp.run(input).path("target").asText()).isEqualTo(TARGET);
    assertThat(target()).isEqualTo(done);
    giveUp.run(input.without(List.of("target")));
    assertThat(target()).isEqualTo(done);
    Compilation compilation = compilations.find(sample.id()).orElseThrow();
    assertThat(compilation.state()).isEqualTo(State.DONE);
    assertThat(compilation.problems()).isEmpty();
    var progress = new RecordedProgress(compilations, clock);
    assertThatThrownBy(() -> progress.reached(new Progress.Task(sample.id(), 1, TARGET), "read"))
        .isInstanceOf(NoRetry.class);
  }

  @Test
  void recordNothingForAnAttemptThatIsOver() {
    compilations.restart(sample.id(), 1, Samples.NOON);
    ObjectNode input = input();
    input.set("problems", ServiceProblem.toJson(List.of(Samples.PROBLEM)));
    assertThatThrownBy(() -> new GiveUpStep(compilations, clock).run(input))
        .isInstanceOf(NoRetry.class);
    assertThat(target().state()).isEqualTo(State.QUEUED);
  }
}
