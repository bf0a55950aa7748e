package io.edgewright.functions.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.CompileWorker;
import io.edgewright.functions.worker.ChildProcess.Limits;
import io.edgewright.functions.worker.ChildProcess.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The compiler as a child process, a few at a time. Reads `progress <target> <stage>` lines from
/// its stderr, problems from its stdout, and the bundle from the folder that it was given.
public final class LocalCompileWorker implements CompileWorker {
  private static final Pattern PROGRESS = Pattern.compile("progress (\\S+) (\\S+)");
  private static final int LAST_LINES = 20;

  /// What the JVM exits with after `-XX:+ExitOnOutOfMemoryError`. The compiler means a limit by it
  /// too, but then says which.
  private static final int OUT_OF_MEMORY = 3;

  /// What the JVM writes where it has no memory beside the heap.
  private static final String NO_NATIVE_MEMORY = "insufficient memory for the Java Runtime";

  private static final int KILLED = 128 + 9;
  private static final int PROCESSOR_TIME_EXCEEDED = 128 + 24;

  private final CompilerCommand command;
  private final Limits limits;
  private final Map<String, String> environment;
  private final Semaphore turns;
  private final EventLog log;

  /// @param atOnce how many compilers may run at the same time
  public LocalCompileWorker(
      CompilerCommand command,
      Limits limits,
      Map<String, String> environment,
      int atOnce,
      EventLog log) {
    this.command = command;
    this.limits = limits;
    this.environment = Map.copyOf(environment);
    this.turns = new Semaphore(atOnce, true);
    this.log = log;
  }

  @Override
  public Path compile(Job job, Consumer<String> stages) throws IOException, InterruptedException {
    turns.acquire();
    try {
      return compileNow(job, stages);
    } finally {
      turns.release();
    }
  }

  private Path compileNow(Job job, Consumer<String> stages)
      throws IOException, InterruptedException {
    Path output = Files.createDirectory(job.folder().resolve("output"));
    ArrayDeque<String> last = new ArrayDeque<>();
    Result result =
        new ChildProcess(
                command.of(job.model(), job.manifest(), output), job.folder(), limits, environment)
            .run(line -> listen(line, job, stages, last));
    if (result.exit() != 0 || result.timedOut()) {
      throw new ServiceException(problems(job, result, last));
    }
    try (Stream<Path> files = Files.list(output)) {
      List<Path> bundles = files.toList();
      if (bundles.size() != 1) {
        throw new ServiceException(
            List.of(failed(job, bundles.size() + " files in its output folder", last)));
      }
      return bundles.getFirst();
    }
  }

  private static void listen(
      String line, Job job, Consumer<String> stages, ArrayDeque<String> last) {
    Matcher progress = PROGRESS.matcher(line);
    if (!progress.matches()) {
      last.add(line);
      if (last.size() > LAST_LINES) {
        last.remove();
      }
    } else if (progress.group(1).equals(job.target())) {
      stages.accept(progress.group(2));
    }
  }

  private List<ServiceProblem> problems(Job job, Result result, ArrayDeque<String> last) {
    if (result.timedOut() || result.exit() == PROCESSOR_TIME_EXCEEDED) {
      return List.of(
          limit(
              ServiceErrorCode.COMPILE_TIME_EXCEEDED,
              job,
              "no end after " + limits.time().toSeconds() + " seconds",
              "at most " + limits.time().toSeconds() + " seconds"));
    }
    List<ServiceProblem> said = said(result);
    if (!said.isEmpty()) {
      return said;
    }
    if (isOutOfMemory(result, last)) {
      return List.of(
          limit(
              ServiceErrorCode.COMPILE_MEMORY_EXCEEDED,
              job,
              "a compiler that ran out of memory",
              "at most " + (limits.memoryBytes() >> 20) + " MiB"));
    }
    return List.of(failed(job, "exit status " + result.exit(), last));
  }

  /// The limit is on all of a process, and a JVM can reach it outside of its heap as well: then it
  /// says so, with exit status 1.
  private static boolean isOutOfMemory(Result result, ArrayDeque<String> last) {
    return result.exit() == OUT_OF_MEMORY
        || result.exit() == KILLED
        || result.output().contains(NO_NATIVE_MEMORY)
        || last.stream().anyMatch(line -> line.contains(OutOfMemoryError.class.getName()));
  }

  private static ServiceProblem limit(ServiceErrorCode code, Job job, String seen, String allowed) {
    return ServiceProblem.of(
        code,
        "the target `" + job.target() + "`",
        seen,
        allowed,
        "make the model or its input smaller, or raise the limit of the service");
  }

  /// The problems that the compiler wrote, none if it wrote anything else.
  private static List<ServiceProblem> said(Result result) {
    try {
      JsonNode problems = Json.parse(result.output().getBytes(StandardCharsets.UTF_8));
      return problems.isArray() ? ServiceProblem.listFromJson(problems) : List.of();
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return List.of();
    }
  }

  private ServiceProblem failed(Job job, String seen, ArrayDeque<String> last) {
    log.write(
        "compiler",
        Json.object()
            .put("compilation", job.compilation())
            .put("target", job.target())
            .put("seen", seen)
            .put("stderr", String.join("\n", last)));
    return ServiceProblem.of(
        ServiceErrorCode.COMPILER_FAILED,
        "the target `" + job.target() + "`",
        seen,
        "exit status 0 and one bundle, or problems as JSON",
        "look for this compilation in the log; it has the last lines that the compiler wrote");
  }
}
