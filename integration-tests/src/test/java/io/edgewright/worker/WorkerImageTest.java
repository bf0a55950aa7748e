package io.edgewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.bench.service.TinyModel;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.testing.ContainerImage;
import io.edgewright.testing.ProgramRun;
import io.edgewright.testing.SharedTestdata;
import io.edgewright.worker.RuntimeApi.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workers' image through the Lambda Runtime API: its bundles are the command line's, within a
/// budget of memory. What goes wrong is in `WorkerErrorsTest`.
@Tag("localstack")
class WorkerImageTest {
  /// For a small model: the function's virtual machine, the compiler's, clang, and files in /tmp.
  private static final int BUDGET_MEGABYTES = 256;

  private static ContainerImage image;
  @AutoClose private static JobBucket jobs;

  @TempDir private Path folder;

  @BeforeAll
  static void buildImage() throws Exception {
    jobs = new JobBucket();
    image = ContainerImage.built("worker-image", SharedTestdata.project());
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
    Path manifest = Files.writeString(folder.resolve("manifest.json"), JobBucket.MANIFEST);
    Path output = Files.createDirectory(folder.resolve("output"));
    ProgramRun compilation =
        ProgramRun.of(
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
    assertThat(compilation.status()).as(compilation.errors()).isZero();
    try (Stream<Path> bundles = Files.list(output)) {
      List<Path> all = bundles.toList();
      assertThat(all).hasSize(1);
      return Files.readAllBytes(all.getFirst());
    }
  }

  @Test
  void givesTheCommandLinesBytesColdAndWarm() throws Exception {
    String id = JobBucket.newCompilation();
    byte[] expected = byTheCommandLine();
    long[] millis = new long[2];
    try (var worker = new WorkerContainer(image, "CompileFunction", jobs)) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        JsonNode job = jobs.job(id, attempt, TinyModel.bytes());
        long start = System.nanoTime();
        Answer answer = worker.call(job);
        millis[attempt - 1] = (System.nanoTime() - start) / 1_000_000;
        assertThat(answer).as(worker.log()).isEqualTo(new Answer("{}", false));
        byte[] staged = jobs.staged(id, attempt);
        assertThat(description(staged)).isEqualTo(description(expected));
        assertThat(Digest.of(staged)).isEqualTo(Digest.of(expected));
      }
      System.out.printf(
          "worker image: %d MB, first answer after %d ms, warm after %d ms,"
              + " at most %d MiB with pages of its files%n",
          image.bytes() / 1_000_000, millis[0], millis[1], worker.memory().peakBytes() >> 20);
      assertThat(worker.memory().killed()).isZero();
    }
  }

  /// The kernel drops pages of files before it ends a process, so all else fits.
  @Test
  void needsNoMoreMemoryThanItsBudget() throws Exception {
    String id = JobBucket.newCompilation();
    try (var worker = WorkerContainer.tight(image, "CompileFunction", jobs, BUDGET_MEGABYTES)) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        Answer answer = worker.call(jobs.job(id, attempt, TinyModel.bytes()));
        assertThat(answer).as(worker.log()).isEqualTo(new Answer("{}", false));
      }
      assertThat(worker.memory().killed()).isZero();
      System.out.printf("worker image: runs in %d MiB%n", BUDGET_MEGABYTES);
    }
  }

  /// Under the image's own emulator: the target's processor is another one.
  @Test
  void runsTheSelfTestOfAnotherProcessor() throws Exception {
    String id = JobBucket.newCompilation();
    byte[] bundle = byTheCommandLine();
    ObjectNode input = jobs.job(id, 1, TinyModel.bytes());
    // The step before knows the manifest's digest in its normal form; here the bundle says it.
    input.put("manifest", description(bundle).path("manifest").asText().replace("sha256:", ""));
    jobs.put(Compilation.stagingKey(id, 1, JobBucket.TARGET), bundle);
    try (var worker = new WorkerContainer(image, "VerifyFunction", jobs)) {
      Answer answer = worker.call(input);
      assertThat(answer.isError()).as(answer.body() + worker.log()).isFalse();
      JsonNode verified = Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
      assertThat(verified.path("digest").asText())
          .as(answer.body())
          .isEqualTo(Digest.of(bundle).hex());
      assertThat(verified.path("verified").asText()).isEqualTo("EMULATED");
    }
  }
}
