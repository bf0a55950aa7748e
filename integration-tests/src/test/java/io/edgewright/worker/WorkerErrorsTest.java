package io.edgewright.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.bench.service.TinyModel;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.testing.ContainerImage;
import io.edgewright.testing.SharedTestdata;
import io.edgewright.worker.RuntimeApi.Answer;
import io.edgewright.worker.RuntimeApi.FunctionEnded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a function of the workers' image says to Lambda when something goes wrong: problems that
/// end a target are answers, which a step with a database records; faults of the service are
/// errors, by the name of their class, which the workflow tries again.
@Tag("localstack")
class WorkerErrorsTest {
  private static ContainerImage image;
  @AutoClose private static JobBucket jobs;

  @BeforeAll
  static void buildImage() throws Exception {
    jobs = new JobBucket();
    image = ContainerImage.built("worker-image", SharedTestdata.project());
  }

  private static WorkerContainer compiler(Map<String, String> environment) throws IOException {
    return new WorkerContainer(image, "CompileFunction", jobs, environment);
  }

  private static JsonNode newJob() {
    return jobs.job(JobBucket.newCompilation(), 1, TinyModel.bytes());
  }

  private static JsonNode json(Answer answer) throws IOException {
    return Json.parse(answer.body().getBytes(UTF_8));
  }

  private static void assertProblem(Answer answer, String code) throws IOException {
    assertThat(answer.isError()).as(answer.body()).isFalse();
    assertThat(json(answer).at("/problems/0/code").asText()).as(answer.body()).isEqualTo(code);
  }

  private static void assertLives(WorkerContainer worker) throws Exception {
    assertThat(worker.call(newJob())).as(worker.log()).isEqualTo(new Answer("{}", false));
  }

  @Test
  void answersWithTheCallersProblems() throws Exception {
    try (var worker = compiler(Map.of())) {
      String id = JobBucket.newCompilation();
      assertProblem(worker.call(jobs.job(id, 1, "no model".getBytes(UTF_8))), "EW-1001");
      assertLives(worker);
    }
  }

  @Test
  void namesWhatAStepThrew() throws Exception {
    String id = JobBucket.newCompilation();
    JsonNode job = jobs.job(id, 1, TinyModel.bytes());
    jobs.delete(Compilation.jobKey(id, 1, JobBucket.TARGET));
    try (var worker = compiler(Map.of())) {
      Answer answer = worker.call(job);
      assertThat(answer.isError()).as(answer.body()).isTrue();
      assertThat(json(answer).path("errorType").asText())
          .isEqualTo("java.io.FileNotFoundException");
      assertLives(worker);
    }
  }

  @Test
  void saysWhatItsEnvironmentLacks() throws Exception {
    try (var worker = compiler(Map.of("EDGEWRIGHT_BUCKET", ""))) {
      Answer answer = worker.call(newJob());
      assertThat(answer.isError()).as(answer.body()).isTrue();
      assertThat(json(answer).path("errorMessage").asText())
          .isEqualTo("the environment of the function lacks `EDGEWRIGHT_BUCKET`");
    }
  }

  /// A function of 160 MB gives the compiler a heap of 80, in which a model of 96 has no room.
  @Test
  void answersThatTheCompilerNeededTooMuchMemory() throws Exception {
    try (var worker = compiler(Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "160"))) {
      JsonNode job = jobs.job(JobBucket.newCompilation(), 1, withDocumentation(96 << 20));
      assertProblem(worker.call(job), "EW-4051");
      assertLives(worker);
    }
  }

  /// Field 6 of a ModelProto, `doc_string`, comes on top; its length takes four bytes.
  private static byte[] withDocumentation(int bytes) {
    byte[] tiny = TinyModel.bytes();
    ByteBuffer model = ByteBuffer.allocate(tiny.length + 5 + bytes).put(tiny).put((byte) 0x32);
    for (int shift = 0; shift < 21; shift += 7) {
      model.put((byte) (bytes >> shift | 0x80));
    }
    return model.put((byte) (bytes >> 21)).array();
  }

  @Test
  void livesOnWhenTheKernelEndsTheCompiler() throws Exception {
    try (var worker = compiler(Map.of());
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> kill = worker::killCompiler;
      Future<Boolean> killed = executor.submit(kill);
      Answer answer = worker.call(newJob());
      assertThat(killed.get()).isTrue();
      assertProblem(answer, "EW-4051");
      assertLives(worker);
    }
  }

  /// Of its time a call keeps twenty seconds for its answer: here at most a tenth of one is left.
  @Test
  void answersInTimeThatTheCompilerTookTooLong() throws Exception {
    try (var worker = compiler(Map.of())) {
      assertProblem(worker.call(newJob(), Duration.ofMillis(20_100)), "EW-4050");
      assertLives(worker);
    }
  }

  /// A function of another role, which needs more than the workers' environment has.
  @Test
  void saysAtOnceThatItCannotBeInitialised() throws Exception {
    try (var worker = new WorkerContainer(image, "TickFunction", jobs)) {
      JsonNode job = newJob();
      assertThatThrownBy(() -> worker.call(job))
          .isInstanceOf(FunctionEnded.class)
          .hasMessageContaining("cannot be initialised")
          .hasMessageContaining("the environment of the function lacks `EDGEWRIGHT_TABLES`");
    }
  }

  @Test
  void isSeenToEndWhileACallWaits() throws Exception {
    try (var worker = compiler(Map.of());
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      assertLives(worker);
      JsonNode job = newJob();
      Callable<Answer> call = () -> worker.call(job);
      Future<Answer> answer = executor.submit(call);
      worker.kill();
      assertThatThrownBy(answer::get)
          .hasCauseInstanceOf(FunctionEnded.class)
          .hasMessageContaining("the container ended with status 137");
    }
  }
}
