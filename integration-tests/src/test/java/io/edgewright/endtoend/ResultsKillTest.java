package io.edgewright.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the writer, the sender and the service with the real signal at random moments: no result
/// that the device took is lost, none is kept twice.
@Tag("slow")
class ResultsKillTest {
  private static final int KILLS =
      Integer.getInteger("edgewright.kills", Boolean.getBoolean("edgewright.soak") ? 500 : 10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SERVICE = "io.edgewright.functions.embedded.EmbeddedService";
  private static final String DEVICE = "io.edgewright.device.Main";
  private static final String END = ResultsEnd.class.getName();

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Process> running = new TreeMap<>();
  private URI address = URI.create("http://127.0.0.1");
  private long nextNumber = 1;

  @AfterEach
  void endAll() {
    running.values().forEach(Process::destroyForcibly);
  }

  @Test
  void losesNothingAndKeepsNothingTwiceWhoeverIsKilled() throws Exception {
    long seed = Long.getLong("edgewright.seed", System.nanoTime());
    System.out.println("ResultsKillTest: " + KILLS + " kills, -Dedgewright.seed=" + seed);
    Random random = new Random(seed);
    address = URI.create("http://127.0.0.1:" + freePort());
    startService();
    enrol();
    for (int kill = 0; kill < KILLS; kill++) {
      startWhatIsMissing();
      Thread.sleep(random.nextInt(400));
      List<String> alive = List.copyOf(running.keySet());
      String victim = alive.get(random.nextInt(alive.size()));
      remove(victim).destroyForcibly().waitFor();
    }
    for (String end : List.of("writer", "sender")) {
      if (running.containsKey(end)) {
        remove(end).destroyForcibly().waitFor();
      }
    }
    // What a killed writer left is made safe by the next one.
    startWriter("finish");
    assertThat(remove("writer").waitFor()).isZero();
    startWhatIsMissing("service");
    assertThat(start(END, "drain", home()).waitFor()).isZero();

    Set<Long> taken = taken();
    List<Long> received = received();
    assertThat(received).doesNotHaveDuplicates();
    assertThat(received).containsAll(taken);
    assertThat(taken).hasSizeGreaterThan(KILLS);
    System.out.println("ResultsKillTest: " + taken.size() + " results taken, all there once");
  }

  private Process remove(String name) {
    return Objects.requireNonNull(running.remove(name));
  }

  private void startWhatIsMissing() throws Exception {
    startWhatIsMissing("service", "writer", "sender");
  }

  private void startWhatIsMissing(String... names) throws Exception {
    for (String name : names) {
      if (!running.containsKey(name)) {
        switch (name) {
          case "service" -> startService();
          case "writer" -> startWriter("write");
          default -> running.put(name, start(END, "send", home()));
        }
      }
    }
  }

  private void startWriter(String manner) throws IOException {
    Path output = folder.resolve("taken-" + nextNumber);
    running.put("writer", start(output, END, manner, home(), Long.toString(nextNumber)));
    nextNumber += 1_000_000;
  }

  /// The numbers that writers have printed; a line that a kill cut short is none.
  private Set<Long> taken() throws IOException {
    Set<Long> taken = new TreeSet<>();
    try (DirectoryStream<Path> outputs = Files.newDirectoryStream(folder, "taken-*")) {
      for (Path output : outputs) {
        String text = Files.readString(output);
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .forEach(line -> taken.add(Long.parseLong(line)));
      }
    }
    return taken;
  }

  private String home() {
    return folder.resolve("home").toString();
  }

  private void startService() throws Exception {
    String port = Integer.toString(address.getPort());
    String data = folder.resolve("data").toString();
    running.put("service", start(SERVICE, "--port", port, "--data", data));
    for (int attempt = 0; attempt < 600; attempt++) {
      try {
        if (request("GET", "/v1/health", "").statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        Thread.sleep(50);
      }
    }
    throw new AssertionError("the service does not answer");
  }

  private void enrol() throws Exception {
    JsonNode claim = JSON.readTree(request("POST", "/v1/claims", "{\"group\":\"lobby\"}").body());
    Process enrolment =
        start(
            DEVICE,
            "enroll",
            "--service",
            address.toString(),
            "--claim",
            claim.path("claim").asText(),
            "--target",
            "host",
            "--home",
            home());
    assertThat(enrolment.waitFor()).isZero();
  }

  private List<Long> received() throws Exception {
    List<Long> numbers = new ArrayList<>();
    String cursor = "0";
    while (true) {
      String query = "/v1/results?kind=sample&model=killed&limit=100&cursor=" + cursor;
      JsonNode page = JSON.readTree(request("GET", query, "").body());
      if (page.path("results").isEmpty()) {
        return numbers;
      }
      page.path("results")
          .forEach(result -> numbers.add(result.at("/record/outputs/n/0").asLong()));
      cursor = page.path("next").asText();
    }
  }

  private HttpResponse<String> request(String method, String path, String body)
      throws IOException, InterruptedException {
    Path token = folder.resolve("data/operator.token");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (Files.exists(token)) {
      request.header("authorization", "Bearer " + Files.readString(token).strip());
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private Process start(String main, String... words) throws IOException {
    return start(folder.resolve("log"), main, words);
  }

  private Process start(Path output, String main, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectOutput(Redirect.appendTo(output.toFile()))
        .redirectError(Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
