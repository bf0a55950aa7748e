package io.edgewright.functions.aws.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A bucket as a compile worker sees staging: it may put, and not look.
class WriteOnlyBucketTest {
  private HttpServer server;
  private S3ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean isPut = exchange.getRequestMethod().equals("PUT");
            var _ = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(isPut ? 412 : 403, -1);
          }
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var addresses = new S3Addresses(AwsServer.presigner(address), "bucket");
    store = new S3ObjectStore(new AwsServer(address).s3(), addresses, "bucket");
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  /// The step ran before, and its answer was lost: what it left is as good.
  @Test
  void leavesWhatIsThereWithoutLookingAtIt() throws IOException {
    assertThat(store.putIfAbsent("staging/a", Content.of("one".getBytes(UTF_8)))).isFalse();
  }

  @Test
  void doesNotTakeForbiddenForMissing() {
    assertThatThrownBy(() -> store.size("staging/a")).isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> store.read("staging/a")).isInstanceOf(S3Exception.class);
  }
}
