package io.edgewright.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The operators' side of the REST API.
///
/// @param api the address in front of `/v1`
record OperatorClient(URI api, HttpClient http) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PAUSE_MILLIS = 300;
  private static final List<String> OVER = List.of("done", "partial", "failed", "cancelled");

  OperatorClient(URI api) {
    this(api, HttpClient.newHttpClient());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return json(send(request(path).GET().build()), 200);
  }

  JsonNode post(String path, JsonNode body, Integer... expected)
      throws IOException, InterruptedException {
    return json(
        send(withJson(path).POST(BodyPublishers.ofString(body.toString())).build()), expected);
  }

  JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return json(send(withJson(path).PUT(BodyPublishers.ofString(body.toString())).build()), 200);
  }

  private HttpRequest.Builder withJson(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  /// Puts the model where the service says.
  void upload(byte[] model) throws IOException, InterruptedException {
    ObjectNode announcement =
        JSON.createObjectNode()
            .put("model", Digest.of(model).toString())
            .put("bytes", model.length);
    for (JsonNode upload : post("/v1/models", announcement, 200, 201).get("uploads")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(upload.get("url").asText()))
              .timeout(PATIENCE)
              .method(upload.get("method").asText(), BodyPublishers.ofByteArray(model));
      upload
          .get("headers")
          .properties()
          .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
      HttpResponse<byte[]> answer = send(request.build());
      assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    }
  }

  /// @return the compilation, which may be under way
  JsonNode submit(byte[] model, JsonNode manifest) throws IOException, InterruptedException {
    ObjectNode request = JSON.createObjectNode().put("model", Digest.of(model).toString());
    request.set("manifest", manifest);
    return post("/v1/compilations", request, 200, 202);
  }

  /// @return the compilation when it is over
  JsonNode awaited(String id) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    JsonNode now = get("/v1/compilations/" + id);
    while (!OVER.contains(now.get("state").asText())) {
      assertThat(Instant.now()).as(now.toString()).isBefore(deadline);
      Thread.sleep(PAUSE_MILLIS);
      now = get("/v1/compilations/" + id);
    }
    return now;
  }

  /// By the signed address that the service redirects to.
  byte[] bundle(String id, String target) throws IOException, InterruptedException {
    String path = "/v1/compilations/" + id + "/targets/" + target + "/bundle";
    HttpResponse<byte[]> redirect = send(request(path).GET().build());
    assertThat(redirect.statusCode()).isEqualTo(307);
    Optional<String> address = redirect.headers().firstValue("Location");
    assertThat(address.orElse("")).contains("X-Amz-Signature=");
    HttpRequest download = HttpRequest.newBuilder(URI.create(address.orElseThrow())).build();
    HttpResponse<byte[]> answer = send(download);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api + path)).timeout(PATIENCE);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> answer, Integer... expected)
      throws IOException {
    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).as(body.toString()).isIn((Object[]) expected);
    return body;
  }
}
