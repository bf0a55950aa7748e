package io.edgewright.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.edgewright.testing.ContainerImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/// LocalStack in a container, with the plugins of `src/localstack/image`: Lambda functions are
/// processes beside it, DynamoDB is moto's, and [#faults] can be switched on.
final class LocalStack implements AutoCloseable {
  static final Region REGION = Region.EU_CENTRAL_1;
  static final String ACCOUNT = "000000000000";

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalStackContainer container;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private LocalStack(LocalStackContainer container, URI address) {
    this.container = container;
    this.address = address;
  }

  /// Where it cannot be had the test is skipped, with the reason.
  static LocalStack start(Path project) throws IOException, InterruptedException {
    var image = ContainerImage.built("localstack-image", project.resolve("target/localstack"));
    int port = freePort();
    var container =
        new LocalStackContainer(
            DockerImageName.parse(image.name()).asCompatibleSubstituteFor("localstack/localstack"));
    // Signed addresses have the port in them, so it must be the same inside and outside.
    container
        .withEnv("GATEWAY_LISTEN", "0.0.0.0:" + port)
        .withEnv("LOCALSTACK_HOST", "127.0.0.1:" + port)
        .withCreateContainerCmdModifier(command ->
            Objects.requireNonNull(command.withExposedPorts(ExposedPort.tcp(port)).getHostConfig())
                .withPortBindings(
                    new PortBinding(
                        Ports.Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(port))));
    container.setExposedPorts(List.of(port));
    // No engine's socket: functions are no containers. Testcontainers would try first, with an
    // image
    // that a registry has, whether a file can be mounted.
    container.setBinds(List.of());
    container.start();
    return new LocalStack(container, URI.create("http://127.0.0.1:" + port));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI address() {
    return address;
  }

  S3Client s3() {
    return here(S3Client.builder()).forcePathStyle(true).build();
  }

  SfnClient stepFunctions() {
    return here(SfnClient.builder()).build();
  }

  CloudFormationClient cloudFormation() {
    return here(CloudFormationClient.builder()).build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B here(B builder) {
    return builder
        .endpointOverride(address)
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
        .httpClient(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE).build());
  }

  /// From now on S3 fails, and DynamoDB throttles, each request of a function that it has not seen
  /// before; or no longer.
  ///
  /// @return how many requests to each service did not succeed so far
  JsonNode faults(boolean wanted) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/_localstack/edgewright/faults"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"on\":" + wanted + "}"))
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
  }

  /// Kills the processes of a function, and what they started.
  ///
  /// @return how many functions died
  int kill(String function) throws IOException, InterruptedException {
    String script =
        """
        for process in /proc/[0-9]*; do
          if tr '\\0' ' ' <$process/cmdline 2>/dev/null | grep -q '[.]%s::handleRequest $'; then
            kill -9 -- -${process#/proc/} && echo dead
          fi
        done\
        """
            .formatted(function);
    return (int) container.execInContainer("bash", "-c", script).getStdout().lines().count();
  }

  String log() {
    return container.getLogs();
  }

  @Override
  public void close() {
    container.stop();
    http.close();
  }
}
