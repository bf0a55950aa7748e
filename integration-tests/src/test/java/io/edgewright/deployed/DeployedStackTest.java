package io.edgewright.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.demo.Detection;
import io.edgewright.demo.Launcher;
import io.edgewright.demo.LocalDevice;
import io.edgewright.demo.LocalService;
import io.edgewright.demo.Picture;
import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The template that `cdk synth` writes, deployed by CloudFormation: REST API, functions, workflow,
/// bucket, tables, and keys work together, on bad days as well.
@Tag("localstack")
class DeployedStackTest {
  private static final Path PROJECT = SharedTestdata.project();
  private static final Path EXAMPLE = PROJECT.resolve("docs/examples/pictograms");
  private static final Path MODEL = EXAMPLE.resolve("model.onnx");
  private static final List<String> TARGETS = List.of("x86-64-v3", "raspberry-pi-3");
  private static final Launcher LAUNCHER = new Launcher(PROJECT);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private static Path synthesised;
  private static LocalStack localStack;
  private static DeployedStack stack;
  private static OperatorClient operator;
  private static byte[] model;

  @TempDir private Path folder;

  @BeforeAll
  static void deploy() throws Exception {
    assumeTrue(InstalledTool.onPath("node").isPresent(), "needs Node.js, which CDK runs in");
    localStack = LocalStack.start(PROJECT);
    stack = new DeployedStack(localStack, SynthesisedStack.of(PROJECT, synthesised));
    operator = new OperatorClient(stack.api());
    model = Files.readAllBytes(MODEL);
    operator.upload(model);
  }

  @AfterAll
  static void tidyUp() {
    if (stack != null) {
      stack.close();
    }
    if (localStack != null) {
      localStack.close();
    }
  }

  @Test
  void givesTheBytesOfTheEmbeddedServiceAndOfTheCommandLine() throws Exception {
    JsonNode manifest = manifest("pictograms", TARGETS);
    Path file = Files.writeString(folder.resolve("manifest.json"), manifest.toString());
    String id = operator.submit(model, manifest).get("id").asText();
    JsonNode done = operator.awaited(id);
    assertThat(done.get("state").asText()).as(done.toPrettyString()).isEqualTo("done");

    List<String> command =
        List.of("compile", MODEL + "", "--manifest", file + "", "-o", folder + "");
    Launcher.Finished finished = LAUNCHER.run(command);
    assertThat(finished.status()).as(finished.errors()).isZero();
    try (var service = LocalService.start(LAUNCHER, folder.resolve("data"))) {
      JsonNode here = service.compiled(file, MODEL, _ -> {});
      assertThat(here.get("state").asText()).as(here.toPrettyString()).isEqualTo("done");
      assertThat(id(here)).isEqualTo(id);
      for (String target : TARGETS) {
        byte[] bundle = operator.bundle(id, target);
        assertThat(bundle)
            .isEqualTo(Files.readAllBytes(folder.resolve("pictograms-" + target + ".zip")))
            .isEqualTo(
                service.download("/v1/compilations/" + id + "/targets/" + target + "/bundle"));
      }
    }
    assertPublishedOnce(done);
  }

  /// Enrolment, metadata signed by KMS, the download by its signed address, self-test, activation.
  @Test
  void aDeviceFetchesTestsAndRunsTheBundle() throws Exception {
    JsonNode done = compiled(manifest("walk", List.of("x86-64-v3")));
    ObjectNode claim = JSON.createObjectNode().put("group", "hall");
    String secret = operator.post("/v1/claims", claim, 201).get("claim").asText();
    var device = new LocalDevice(LAUNCHER, folder.resolve("device"));
    device.enroll(stack.api(), secret, "x86-64-v3");
    operator.put("/v1/deployments/hall", JSON.createObjectNode().put("compilation", id(done)));
    device.sync();
    assertThat(device.status()).contains(digests(done).iterator().next());
    assertThat(device.run(Picture.read(EXAMPLE.resolve("picture.png")), 1).detections())
        .extracting(Detection::label)
        .containsExactlyInAnyOrder("person", "cat", "car");
  }

  @Test
  void endsWellWhileS3FailsAndDynamoThrottles() throws Exception {
    JsonNode before = localStack.faults(true);
    JsonNode done;
    JsonNode after;
    try {
      done = compiled(manifest("bad-day", TARGETS));
    } finally {
      after = localStack.faults(false);
    }
    assertThat(after.get("s3").asInt()).isGreaterThan(before.get("s3").asInt());
    assertThat(after.get("dynamodb").asInt()).isGreaterThan(before.get("dynamodb").asInt());
    assertPublishedOnce(done);
  }

  @Test
  void endsWellWhenAWorkerDies() throws Exception {
    String id = operator.submit(model, manifest("mortal", TARGETS)).get("id").asText();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (localStack.kill("CompileFunction") == 0) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(100);
    }
    JsonNode done = operator.awaited(id);
    assertThat(done.get("state").asText()).as(done.toPrettyString()).isEqualTo("done");
    assertPublishedOnce(done);
  }

  @Test
  void publishesOnceHoweverOftenItIsStarted() throws Exception {
    JsonNode manifest = manifest("twins", TARGETS);
    Set<String> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> submission = () -> id(operator.submit(model, manifest));
      List<Future<String>> submissions = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        submissions.add(threads.submit(submission));
      }
      for (Future<String> answer : submissions) {
        ids.add(answer.get());
      }
    }
    assertThat(ids).hasSize(1);
    String id = ids.iterator().next();
    try (var executions = new Executions(localStack.stepFunctions())) {
      assertThat(executions.of(id)).hasSize(1);
      String first = executions.of(id).getFirst();
      // A start whose message came twice: the same input under another name.
      String second = executions.startAgain(first);
      JsonNode done = operator.awaited(id);
      assertThat(done.get("state").asText()).as(done.toPrettyString()).isEqualTo("done");
      assertThat(executions.ended(first)).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(executions.ended(second)).isEqualTo(ExecutionStatus.SUCCEEDED);
      JsonNode afterwards = operator.get("/v1/compilations/" + id);
      assertThat(afterwards.get("targets")).isEqualTo(done.get("targets"));
      assertPublishedOnce(afterwards);
    }
  }

  private static JsonNode compiled(JsonNode manifest) throws Exception {
    JsonNode done = operator.awaited(id(operator.submit(model, manifest)));
    assertThat(done.get("state").asText()).as(done.toPrettyString()).isEqualTo("done");
    return done;
  }

  private static JsonNode manifest(String name, List<String> targets) throws Exception {
    var manifest = (ObjectNode) JSON.readTree(EXAMPLE.resolve("manifest.json").toFile());
    manifest.put("name", name);
    targets.forEach(manifest.putArray("targets")::add);
    return manifest;
  }

  private static String id(JsonNode compilation) {
    return compilation.get("id").asText();
  }

  private static Set<String> digests(JsonNode compilation) {
    Set<String> digests = new HashSet<>();
    for (JsonNode target : compilation.get("targets")) {
      digests.add(target.at("/bundle/digest").asText());
    }
    return digests;
  }

  /// The bucket keeps every version of an object: one that was written twice has two.
  private static void assertPublishedOnce(JsonNode done) {
    try (S3Client s3 = localStack.s3()) {
      for (String digest : digests(done)) {
        String key = "bundles/" + digest.replace("sha256:", "");
        assertThat(
                s3.listObjectVersions(request -> request.bucket(stack.bucket()).prefix(key))
                    .versions())
            .as(key)
            .hasSize(1);
      }
      String leftOvers = "staging/" + id(done);
      assertThat(
              s3.listObjectsV2(request -> request.bucket(stack.bucket()).prefix(leftOvers))
                  .contents())
          .isEmpty();
    }
  }
}
