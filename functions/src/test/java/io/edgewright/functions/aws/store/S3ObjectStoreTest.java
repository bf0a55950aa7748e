package io.edgewright.functions.aws.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.ObjectStore.Parts;
import io.edgewright.functions.core.store.ObjectStore.Place;
import io.edgewright.functions.core.store.ObjectStoreContract;
import io.edgewright.functions.core.store.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("localstack")
class S3ObjectStoreTest extends ObjectStoreContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private ObjectStore store;

  @BeforeEach
  void makeBucket() {
    AwsServer server = AwsServer.find();
    String bucket = server.newBucket();
    store = new S3ObjectStore(server.s3(), new S3Addresses(server.presigner(), bucket), bucket);
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void put(Parts upload, int number, String content) throws IOException {
    int bytes = content.getBytes(UTF_8).length;
    Place place = store.partAddress(upload, number, bytes, Samples.digest(content), MINUTE);
    assertThat(put(place, content)).isEqualTo(200);
  }

  private static int put(Place place, String content) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place.url()).PUT(HttpRequest.BodyPublishers.ofString(content));
    place.headers().forEach(request::header);
    return send(request.build()).statusCode();
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void takesAnUploadAtASignedAddress() throws IOException {
    Place place = store.uploadAddress("models/abc", 3, Samples.digest("one"), MINUTE);
    assertThat(put(place, "one")).isEqualTo(200);
    assertThat(store.read("models/abc")).hasValue("one".getBytes(UTF_8));
  }

  @Test
  void givesAnObjectAtASignedAddress() throws IOException {
    store.putIfAbsent("bundles/abc.zip", Content.of("one".getBytes(UTF_8)));
    URI address = store.downloadAddress("bundles/abc.zip", "name.zip", MINUTE);
    HttpResponse<String> answer = send(HttpRequest.newBuilder(address).build());
    assertThat(answer.body()).isEqualTo("one");
    assertThat(answer.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"name.zip\"");
  }
}
