package io.edgewright.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The embedded service on a free port of the loopback interface, and its operator's HTTP client.
/// Closing it ends the child process.
public final class LocalService implements AutoCloseable {
  private static final int POLL_MILLIS = 100;
  private static final List<String> UNDER_WAY = List.of("queued", "running");

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Duration ANSWER_TIME = Duration.ofSeconds(60);
  private static final int STOP_SECONDS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final URI address;
  private final String operatorToken;
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  private LocalService(Process process, URI address, String operatorToken) {
    this.process = process;
    this.address = address;
    this.operatorToken = operatorToken;
  }

  /// Starts the service with its data below `data`, and waits until it says where it listens.
  public static LocalService start(Launcher launcher, Path data) throws IOException {
    return start(launcher, data, 0);
  }

  /// @param port 0 takes any that is free
  public static LocalService start(Launcher launcher, Path data, int port) throws IOException {
    Files.createDirectories(data);
    Path log = data.resolve("service.log");
    Process process =
        launcher
            .command(List.of("serve", "--port", "" + port, "--data", data.toString()))
            .redirectError(Redirect.to(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null) {
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
        String token = Files.readString(data.resolve("operator.token")).strip();
        return new LocalService(process, URI.create(found.group()), token);
      }
      line = output.readLine();
    }
    throw new DemoException("the service did not start:\n" + Files.readString(log).strip());
  }

  public URI address() {
    return address;
  }

  /// `GET` of a path; anything but a 2xx answer is an exception with the problem's own words.
  public JsonNode get(String path) throws IOException, InterruptedException {
    return json(send(request(path).GET().build()));
  }

  public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return json(send(withJson(path).POST(BodyPublishers.ofString(body.toString())).build()));
  }

  public JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return json(send(withJson(path).PUT(BodyPublishers.ofString(body.toString())).build()));
  }

  /// `POST /v1/compilations`: manifest and model in one request.
  public JsonNode compile(Path manifest, Path model) throws IOException, InterruptedException {
    var form = new MultipartForm();
    form.add("manifest", "manifest.json", "application/json", Files.readAllBytes(manifest));
    form.add("model", "model.onnx", "application/octet-stream", Files.readAllBytes(model));
    HttpRequest request =
        request("/v1/compilations")
            .header("Content-Type", form.contentType())
            .POST(BodyPublishers.ofByteArray(form.bytes()))
            .build();
    return json(send(request));
  }

  /// The same, and the compilation once it is over, however it ended.
  ///
  /// @param watcher is shown it from the beginning to the end
  public JsonNode compiled(Path manifest, Path model, Consumer<JsonNode> watcher)
      throws IOException, InterruptedException {
    JsonNode compilation = compile(manifest, model);
    watcher.accept(compilation);
    while (UNDER_WAY.contains(compilation.get("state").asText())) {
      Thread.sleep(POLL_MILLIS);
      compilation = get("/v1/compilations/" + compilation.get("id").asText());
      watcher.accept(compilation);
    }
    return compilation;
  }

  /// The bytes behind a path, such as a bundle, wherever it is redirected to.
  public byte[] download(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build()).body();
  }

  private HttpRequest.Builder withJson(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(ANSWER_TIME)
        .header("Authorization", "Bearer " + operatorToken);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new DemoException(
          "%s %s answered %d:%n%s"
              .formatted(
                  request.method(),
                  request.uri().getPath(),
                  response.statusCode(),
                  json(response).toPrettyString()));
    }
    return response;
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
