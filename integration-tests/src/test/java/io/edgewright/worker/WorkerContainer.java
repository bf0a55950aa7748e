package io.edgewright.worker;

import io.edgewright.worker.RuntimeApi.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// The image with one of its functions, as Lambda has it: a file system that is read only but for
/// /tmp, a limit of memory, and the Runtime API.
final class WorkerContainer implements AutoCloseable {
  static final int MEGABYTES = 2048;
  private static final Duration MOST = Duration.ofMinutes(3);

  private final RuntimeApi api = new RuntimeApi();
  private final GenericContainer<?> container;

  WorkerContainer(String image, String function, URI s3, String bucket) throws IOException {
    container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withNetworkMode("host")
            .withCommand("io.edgewright.functions.aws.lambda." + function)
            .withTmpFs(Map.of("/tmp", "rw,exec"))
            .withEnv("AWS_LAMBDA_RUNTIME_API", api.address())
            .withEnv("AWS_LAMBDA_FUNCTION_NAME", function)
            .withEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(MEGABYTES))
            .withEnv("AWS_REGION", "eu-central-1")
            .withEnv("AWS_ACCESS_KEY_ID", "tester")
            .withEnv("AWS_SECRET_ACCESS_KEY", "secret")
            .withEnv("AWS_ENDPOINT_URL", s3.toString())
            .withEnv("EDGEWRIGHT_S3_PATH_STYLE", "true")
            .withEnv("EDGEWRIGHT_BUCKET", bucket)
            .withCreateContainerCmdModifier(command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withReadonlyRootfs(true)
                    .withMemory((long) MEGABYTES << 20));
    container.start();
  }

  Answer call(String payload) throws Exception {
    return api.call(payload, MOST);
  }

  /// The most that all of its processes and files in memory came to so far.
  long peakBytes() throws Exception {
    String files =
        "cat /sys/fs/cgroup/memory.peak || cat /sys/fs/cgroup/memory/memory.max_usage_in_bytes";
    return Long.parseLong(container.execInContainer("sh", "-c", files).getStdout().strip());
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
