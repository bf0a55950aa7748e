package io.edgewright.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.bench.service.TinyModel;
import io.edgewright.compiler.Compiler;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.testing.InstalledTool;
import io.edgewright.worker.RuntimeApi.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// The workers' image through the Lambda Runtime API: answers, errors, memory, and that its bundles
/// are the command line's.
@Tag("localstack")
class WorkerImageTest {
  private static final Path PROJECT = Path.of(System.getProperty("edgewright.project", ""));
  private static final String TARGET = "raspberry-pi-4";
  private static final String MANIFEST = "{\"name\":\"tiny\",\"targets\":[\"" + TARGET + "\"]}";

  private static String image;
  private static URI endpoint;
  private static S3Client s3;
  private static String bucket;

  @TempDir private Path folder;

  @BeforeAll
  static void buildImage() throws Exception {
    String address = System.getProperty("edgewright.aws.endpoint", "");
    assumeTrue(
        !address.isEmpty(),
        "needs a server for AWS's protocols at -Dedgewright.aws.endpoint, which"
            + " ./edgewright test --localstack starts");
    assumeTrue(InstalledTool.onPath("docker").isPresent(), "needs a container engine (docker)");
    assumeTrue(run("docker", "info").exit() == 0, "needs a container engine that runs");
    Said said = run(PROJECT + "/integration-tests/src/localstack/worker-image.sh", PROJECT + "");
    assertThat(said.exit()).as(said.text()).isZero();
    image = said.text().strip();
    endpoint = URI.create(address);
    s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.EU_CENTRAL_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
            .build();
    bucket = "worker-" + UUID.randomUUID();
    s3.createBucket(request ->
        request
            .bucket(bucket)
            .createBucketConfiguration(where -> where.locationConstraint("eu-central-1")));
  }

  private record Said(int exit, String text) {}

  private static Said run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), text);
  }

  /// Puts a job there, as the step before the worker does, and is that worker's input.
  private static String job(String id, int attempt, byte[] model) {
    Digest digest = Digest.of(model);
    byte[] manifest = MANIFEST.getBytes(UTF_8);
    put(Compilation.modelKey(digest), model);
    put(Compilation.jobKey(id, attempt, TARGET), manifest);
    ObjectNode input =
        Json.object()
            .put("compilation", id)
            .put("attempt", attempt)
            .put("target", TARGET)
            .put("name", "tiny")
            .put("model", digest.hex())
            .put("manifest", Digest.of(manifest).hex())
            .put("compiler", Compiler.digest());
    return Json.text(input);
  }

  private static void put(String key, byte[] content) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  private static byte[] staged(String id, int attempt) {
    String key = Compilation.stagingKey(id, attempt, TARGET);
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
  }

  private static String newCompilation() {
    return Digest.of(UUID.randomUUID().toString().getBytes(UTF_8)).hex();
  }

  private static JsonNode json(Answer answer) throws IOException {
    return Json.parse(answer.body().getBytes(UTF_8));
  }

  private static JsonNode description(byte[] bundle) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
      ZipEntry entry = zip.getNextEntry();
      while (!Objects.requireNonNull(entry).getName().equals("bundle.json")) {
        entry = zip.getNextEntry();
      }
      return Json.parse(zip.readAllBytes());
    }
  }

  private byte[] byTheCommandLine() throws Exception {
    Path model = Files.write(folder.resolve("model.onnx"), TinyModel.bytes());
    Path manifest = Files.writeString(folder.resolve("manifest.json"), MANIFEST);
    Path output = Files.createDirectory(folder.resolve("output"));
    Said said =
        run(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path", ""),
            "io.edgewright.compiler.CommandLine",
            "compile",
            model.toString(),
            "--manifest",
            manifest.toString(),
            "-o",
            output.toString());
    assertThat(said.exit()).as(said.text()).isZero();
    try (Stream<Path> bundles = Files.list(output)) {
      List<Path> all = bundles.toList();
      assertThat(all).hasSize(1);
      return Files.readAllBytes(all.getFirst());
    }
  }

  @Test
  void givesTheCommandLinesBytesColdAndWarm() throws Exception {
    String id = newCompilation();
    byte[] expected = byTheCommandLine();
    try (var worker = new WorkerContainer(image, "CompileFunction", endpoint, bucket)) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        long start = System.nanoTime();
        Answer answer = worker.call(job(id, attempt, TinyModel.bytes()));
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(answer.isError()).as(answer.body() + worker.log()).isFalse();
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(staged(id, attempt)).isEqualTo(expected);
        System.out.printf("worker image: answer %d after %d ms%n", attempt, millis);
      }
      assertThat(worker.peakBytes()).isLessThan((long) WorkerContainer.MEGABYTES << 20);
      System.out.printf("worker image: at most %d MiB in use%n", worker.peakBytes() >> 20);
    }
    Said size = run("docker", "image", "inspect", "-f", "{{.Size}}", image);
    System.out.printf("worker image: %d MB%n", Long.parseLong(size.text().strip()) / 1_000_000);
  }

  /// What the caller must mend is an answer, which a step with a database records.
  @Test
  void answersWithTheCallersProblems() throws Exception {
    try (var worker = new WorkerContainer(image, "CompileFunction", endpoint, bucket)) {
      Answer answer = worker.call(job(newCompilation(), 1, "no model".getBytes(UTF_8)));
      assertThat(answer.isError()).as(answer.body()).isFalse();
      assertThat(json(answer).at("/problems/0/code").asText()).startsWith("EW-");
    }
  }

  /// A fault of the service is an error, by the name of its class, that the workflow tries again;
  /// the function lives on.
  @Test
  void namesFaultsSoThatTheWorkflowKnowsThem() throws Exception {
    String id = newCompilation();
    String input = job(id, 1, TinyModel.bytes());
    String key = Compilation.jobKey(id, 1, TARGET);
    s3.deleteObject(request -> request.bucket(bucket).key(key));
    try (var worker = new WorkerContainer(image, "CompileFunction", endpoint, bucket)) {
      Answer answer = worker.call(input);
      assertThat(answer.isError()).as(answer.body()).isTrue();
      assertThat(json(answer).path("errorType").asText())
          .isEqualTo("java.io.FileNotFoundException");
      assertThat(worker.call(job(id, 2, TinyModel.bytes())).isError()).isFalse();
    }
  }

  /// Under the image's own emulator: the target's processor is another one.
  @Test
  void runsTheSelfTestOfAnotherProcessor() throws Exception {
    String id = newCompilation();
    byte[] bundle = byTheCommandLine();
    ObjectNode input = Json.trusted(job(id, 1, TinyModel.bytes())).deepCopy();
    // The step before knows the manifest's digest in its normal form; here the bundle says it.
    input.put("manifest", description(bundle).path("manifest").asText().replace("sha256:", ""));
    put(Compilation.stagingKey(id, 1, TARGET), bundle);
    try (var worker = new WorkerContainer(image, "VerifyFunction", endpoint, bucket)) {
      Answer answer = worker.call(Json.text(input));
      assertThat(answer.isError()).as(answer.body() + worker.log()).isFalse();
      assertThat(json(answer).path("digest").asText())
          .as(answer.body())
          .isEqualTo(Digest.of(bundle).hex());
      assertThat(json(answer).path("verified").asText()).isEqualTo("EMULATED");
    }
  }
}
