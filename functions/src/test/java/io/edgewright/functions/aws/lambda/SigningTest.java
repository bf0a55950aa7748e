package io.edgewright.functions.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.aws.LambdaSigning;
import io.edgewright.functions.aws.SmallLambda;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.device.GroupFiles;
import io.edgewright.functions.core.device.GroupMetadata;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.MetadataSigning;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.MovingClock;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.core.trust.MemoryMetadata;
import io.edgewright.functions.core.trust.MemorySigner;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.SqliteCompilationStore;
import io.edgewright.functions.embedded.store.SqliteDeploymentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that may not sign, and the one that does it for them.
class SigningTest {
  private static final List<String> ROLES =
      List.of("root", "targets", "snapshot", "timestamp", "group/lobby");

  private final MovingClock clock = new MovingClock(Samples.NOON);
  private final MemorySigner signer = new MemorySigner();
  private final MetadataStore here = new MemoryMetadata();
  private final MetadataStore there = new MemoryMetadata();

  @TempDir Path folder;
  private Database database;
  private SqliteCompilationStore compilations;
  private SqliteDeploymentStore deployments;
  private GroupMetadata direct;
  private PublishOrSign function;
  private SmallLambda lambda;
  private MetadataSigning asking;

  @BeforeEach
  void open() throws IOException {
    database = new Database(folder.resolve("service.db"));
    compilations = new SqliteCompilationStore(database);
    deployments = new SqliteDeploymentStore(database);
    direct = signing(here);
    function =
        new PublishOrSign(
            input -> Json.object().put("published", input.path("compilation").asText()),
            signing(there));
    lambda = new SmallLambda(function);
    asking =
        new LambdaSigning(new AwsServer(lambda.address()).lambda(), () -> SmallLambda.FUNCTION);
    deploy();
  }

  private GroupMetadata signing(MetadataStore store) {
    return new GroupMetadata(
        deployments, new GroupFiles(compilations), new MetadataPublisher(store, signer, clock));
  }

  @AfterEach
  void close() {
    lambda.close();
    database.close();
  }

  private void deploy() {
    Compilation compilation = Samples.compilation("a", Samples.NOON, "host");
    compilations.create(compilation);
    compilations.setTarget(
        compilation.id(), 1, TargetStatus.done("host", Samples.artifact("b")), Samples.NOON);
    deployments.write(Samples.deployment("lobby", compilation.id()));
  }

  private static List<JsonNode> signed(MetadataStore store) {
    return ROLES.stream()
        .map(store::latest)
        .flatMap(Optional::stream)
        .map(SignedMetadata::json)
        .map(Json::trusted)
        .map(envelope -> envelope.required("signed"))
        .toList();
  }

  @Test
  void signTheSameAsAServiceWithKeysOfItsOwn() {
    for (MetadataSigning signing : List.of(direct, asking)) {
      signing.renew();
      signing.signGroup("lobby");
    }
    assertThat(signed(there)).hasSize(ROLES.size()).isEqualTo(signed(here));
    assertThat(signed(there).getLast().path("targets").has("groups/lobby/host/bundle.zip"))
        .isTrue();
    clock.advance(Duration.ofDays(50));
    direct.renew();
    asking.renew();
    assertThat(signed(there)).isEqualTo(signed(here));
    assertThat(there.latest("timestamp").orElseThrow().version()).isEqualTo(3);
  }

  /// The first answer does not arrive, so the function is called again.
  @Test
  void signNothingTwiceWhenTheAnswerGetsLost() {
    asking.renew();
    lambda.disturb(SmallLambda.Fault.LOST_REPLY);
    int before = lambda.requests();
    asking.signGroup("lobby");
    assertThat(lambda.requests()).isGreaterThanOrEqualTo(before + 2);
    assertThat(there.latest("group/lobby").orElseThrow().version()).isEqualTo(1);
    assertThat(there.latest("timestamp").orElseThrow().version()).isEqualTo(2);
    int signatures = signer.signatures();
    asking.signGroup("lobby");
    asking.renew();
    assertThat(signer.signatures()).isEqualTo(signatures);
  }

  @Test
  void askAgainWhenTheyAreThrottled() {
    lambda.disturb(SmallLambda.Fault.THROTTLED, SmallLambda.Fault.THROTTLED);
    asking.signGroup("lobby");
    assertThat(lambda.requests()).isEqualTo(3);
    assertThat(there.latest("group/lobby")).isPresent();
  }

  /// What went wrong is for the log, not for who asked.
  @Test
  void sayThatSigningFailed() {
    ServiceException failed =
        catchThrowableOfType(ServiceException.class, () -> asking.signGroup("nowhere"));
    assertThat(failed.problems().getFirst().code()).isEqualTo("EW-4095");
    assertThat(failed).hasMessageNotContaining("EW-4017");
    assertThat(failed.getCause()).hasMessageContaining("EW-4017");
    assertThat(signed(there)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"sign\":\"everything\"}",
        "{\"sign\":\"root\",\"signed\":{\"_type\":\"root\"}}",
        "{\"sign\":\"group\"}",
        "{\"sign\":\"group\",\"group\":\"lobby\",\"targets\":{}}",
        "{\"sign\":\"renewal\",\"compilation\":\"c\"}",
        "{\"sign\":{\"group\":\"lobby\"}}",
        "{\"group\":\"lobby\"}"
      })
  void cannotHaveAnythingElseSigned(String asked) throws IOException {
    JsonNode input = Json.parse(asked.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> function.run(input))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("EW-40");
    assertThat(signer.signatures()).isZero();
  }

  @Test
  void leaveTheWorkflowItsStep() throws Exception {
    assertThat(function.run(Json.object().put("compilation", "c").put("attempt", 1)))
        .isEqualTo(Json.object().put("published", "c"));
  }
}
