package io.edgewright.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.WaitResponse;
import io.edgewright.functions.core.Json;
import io.edgewright.testing.ContainerImage;
import io.edgewright.worker.RuntimeApi.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// The image with one of its functions, as Lambda has it: a file system that is read only but for
/// /tmp, a limit of memory, and the Runtime API.
final class WorkerContainer implements AutoCloseable {
  static final int MEGABYTES = 2048;
  static final Duration MOST = Duration.ofMinutes(3);

  private final RuntimeApi api = new RuntimeApi();
  private final GenericContainer<?> container;

  /// @param function the class's simple name
  /// @param environment beside, or instead of, what the function has anyway
  WorkerContainer(
      ContainerImage image, String function, JobBucket jobs, Map<String, String> environment)
      throws IOException {
    this(image, function, jobs, environment, MEGABYTES);
  }

  /// Its virtual machine and its compiler take it to be as large as ever.
  ///
  /// @param megabytes for what cannot be dropped and read again, as pages of files can
  static WorkerContainer tight(ContainerImage image, String function, JobBucket jobs, int megabytes)
      throws IOException {
    Map<String, String> asEver = Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + MEGABYTES + "m");
    return new WorkerContainer(image, function, jobs, asEver, megabytes);
  }

  private WorkerContainer(
      ContainerImage image,
      String function,
      JobBucket jobs,
      Map<String, String> environment,
      int megabytes)
      throws IOException {
    long bytes = (long) megabytes << 20;
    container =
        new GenericContainer<>(DockerImageName.parse(image.name()))
            .withNetworkMode("host")
            .withCommand("io.edgewright.functions.aws.lambda." + function)
            .withTmpFs(Map.of("/tmp", "rw,exec"))
            .withEnv("AWS_LAMBDA_RUNTIME_API", api.address())
            .withEnv("AWS_LAMBDA_FUNCTION_NAME", function)
            .withEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(MEGABYTES))
            .withEnv(jobs.environment())
            .withEnv(environment)
            .withCreateContainerCmdModifier(command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withReadonlyRootfs(true)
                    .withMemory(bytes)
                    // Both together: none of it is swap.
                    .withMemorySwap(bytes));
    try {
      container.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    tellWhenItEnds();
  }

  WorkerContainer(ContainerImage image, String function, JobBucket jobs) throws IOException {
    this(image, function, jobs, Map.of());
  }

  private void tellWhenItEnds() {
    container
        .getDockerClient()
        .waitContainerCmd(container.getContainerId())
        .exec(
            new ResultCallback.Adapter<WaitResponse>() {
              @Override
              public void onNext(WaitResponse ended) {
                api.end("the container ended with status " + ended.getStatusCode());
              }
            });
  }

  Answer call(JsonNode payload) throws Exception {
    return call(payload, MOST);
  }

  Answer call(JsonNode payload, Duration most) throws Exception {
    return api.call(Json.text(payload), most);
  }

  /// What its processes and its files in /tmp came to, with the pages of files that they were the
  /// first to read: up to all of the image's own.
  ///
  /// @param peakBytes the most at one time
  /// @param killed how many processes the kernel ended for want of memory
  record Memory(long peakBytes, long killed) {}

  /// As the kernel counts for its control group, of version 2, else of version 1.
  Memory memory() throws Exception {
    String counts =
        """
        cd /sys/fs/cgroup
        if [ -e memory.events ]; then cat memory.peak && grep '^oom_kill ' memory.events
        else cat memory/memory.max_usage_in_bytes && grep '^oom_kill ' memory/memory.oom_control; fi
        """;
    ExecResult read = container.execInContainer("sh", "-c", counts);
    String[] words = read.getStdout().strip().split("\\s+", -1);
    if (read.getExitCode() != 0 || words.length != 3) {
      throw new IOException("the kernel counts no memory: " + read);
    }
    return new Memory(Long.parseLong(words[0]), Long.parseLong(words[2]));
  }

  /// Waits for a compiler to run in it, and ends that at once, as the kernel does to a process that
  /// needs too much memory. Its brackets keep the pattern from finding itself.
  boolean killCompiler() throws Exception {
    String search =
        """
        while :; do
          for process in /proc/[0-9]*; do
            if tr '\\0' ' ' <$process/cmdline 2>/dev/null | grep -q '[C]ommandLine compile'; then
              kill -9 ${process#/proc/} && exit 0
            fi
          done
        done
        """;
    return container.execInContainer("timeout", "60", "sh", "-c", search).getExitCode() == 0;
  }

  /// As Lambda does to a function that is out of memory.
  void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  String log() {
    return container.getLogs();
  }

  @Override
  public void close() {
    container.stop();
    api.close();
  }
}
