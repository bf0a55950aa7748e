package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a POST to a bundle.
class CompilationFlowTest {
  private static final String TWO = manifest("detector", "x86-64-v3", "raspberry-pi-3");

  @TempDir Path folder;
  private TestService service;
  private CheckedClient client;

  @BeforeEach
  void start() throws IOException {
    service = TestService.start(folder.resolve("data"));
    client = service.client();
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  private Reply post(String manifest, String model) {
    return client.send(form(client.operator("POST", "/v1/compilations"), manifest, model));
  }

  private static JsonNode target(JsonNode compilation, String id) {
    for (JsonNode target : compilation.path("targets")) {
      if (target.path("target").asText().equals(id)) {
        return target;
      }
    }
    throw new AssertionError("no target " + id + " in " + compilation);
  }

  private byte[] download(String path) {
    Reply redirect = client.send(client.operator("GET", path)).expect(307);
    URI address = URI.create(redirect.header("location"));
    return client
        .sendUnchecked(client.open("GET", address.getRawPath() + "?" + address.getRawQuery()))
        .expect(200)
        .bytes();
  }

  @Test
  void makesABundlePerTarget() {
    JsonNode compilation = client.compile(TWO, model());
    assertThat(compilation.path("state").asText()).isEqualTo("done");
    for (String id : List.of("x86-64-v3", "raspberry-pi-3")) {
      JsonNode target = target(compilation, id);
      assertThat(target.path("percent").asInt()).isEqualTo(100);
      JsonNode bundle = target.path("bundle");
      assertThat(bundle.path("fileName").asText()).isEqualTo("detector-" + id + ".zip");
      assertThat(bundle.path("verified").asText()).isEqualTo("native");
      byte[] bytes = download(bundle.path("url").asText());
      assertThat(bytes.length).isEqualTo(bundle.path("bytes").asInt());
      assertThat(Digest.of(bytes).toString()).isEqualTo(bundle.path("digest").asText());
      assertThat(new String(download(bundle.path("reportUrl").asText()), StandardCharsets.UTF_8))
          .isEqualTo("{\"target\":\"" + id + "\"}");
    }
  }

  @Test
  void showsAReportAsAPageToWhoeverAcceptsHtml() {
    String id = client.compile(TWO, model()).path("id").asText();
    String path = "/v1/compilations/" + id + "/targets/x86-64-v3/report";
    Reply page = client.send(client.operator("GET", path).with("accept", "text/html,*/*;q=0.8"));
    assertThat(page.expect(200).text()).startsWith("<!doctype html>").contains("x86-64-v3");
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy")).startsWith("default-src 'none'");
    client.send(client.operator("GET", path).with("accept", "*/*")).expect(307);
  }

  @Test
  void answersTheSameRequestWithTheSameCompilation() {
    Reply first = post(TWO, model()).expect(202);
    JsonNode done = client.await(first.json().path("id").asText());
    String spaced = "  " + TWO.replace(":", " : ");
    Reply second = post(spaced, model()).expect(200);
    assertThat(second.json()).isEqualTo(done);
    assertThat(second.header("location")).isEqualTo(first.header("location"));
    assertThat(post(TWO, model("sleep none 1")).expect(202).json().path("id"))
        .isNotEqualTo(first.json().path("id"));
  }

  @Test
  void namesACompilationByModelManifestAndCompiler() throws IOException {
    String id = post(TWO, model()).json().path("id").asText();
    var manifest = FakeCompiler.inspector().readManifest(TWO.getBytes(StandardCharsets.UTF_8));
    var text = new ByteArrayOutputStream();
    text.write(Digest.of(model().getBytes(StandardCharsets.UTF_8)).bytes());
    text.write(manifest.bytes());
    text.write(FakeCompiler.DIGEST.bytes());
    assertThat(id).isEqualTo(Digest.of(text.toByteArray()).hex());
  }

  @Test
  void letsOneTargetFailAndTheOthersFinish() {
    JsonNode compilation = client.compile(TWO, model("refuse raspberry-pi-3"));
    assertThat(compilation.path("state").asText()).isEqualTo("partial");
    assertThat(target(compilation, "x86-64-v3").path("state").asText()).isEqualTo("done");
    JsonNode failed = target(compilation, "raspberry-pi-3");
    assertThat(failed.path("state").asText()).isEqualTo("failed");
    assertThat(failed.path("bundle").isNull()).isTrue();
    assertThat(failed.path("problems").get(0).path("code").asText()).isEqualTo("EW-1006");
    // The caller's fault is not tried again.
    assertThat(count("\"frame\":\"/Targets/1\",\"state\":\"Compile\",\"kind\":\"started\""))
        .isEqualTo(1);
    assertThat(post(TWO, model("refuse raspberry-pi-3")).expect(200).json().path("attempt").asInt())
        .isEqualTo(1);
  }

  private int count(String part) {
    return service.log().split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void triesAgainWhenTheCompilerCrashed() {
    String once = "once x86-64-v3 " + folder.resolve("flag");
    JsonNode compilation = client.compile(manifest("m", "x86-64-v3"), model(once));
    assertThat(compilation.path("state").asText()).isEqualTo("done");
    assertThat(count("\"state\":\"Compile\",\"kind\":\"started\"")).isEqualTo(2);
    assertThat(service.log()).contains("Segmentation fault").contains("exit status 1");
  }

  @Test
  void showsProgressPerTarget() {
    String model = model("sleep raspberry-pi-3 1500");
    String id = post(TWO, model).json().path("id").asText();
    Set<String> seen = new LinkedHashSet<>();
    List<Integer> percents = new ArrayList<>();
    JsonNode compilation = client.get(id);
    while (compilation.path("state").asText().matches("queued|running")) {
      JsonNode target = target(compilation, "raspberry-pi-3");
      seen.add(target.path("state").asText() + " " + target.path("stage").asText());
      percents.add(target.path("percent").asInt());
      CheckedClient.pause();
      compilation = client.get(id);
    }
    assertThat(seen).contains("running compile");
    assertThat(percents).isSorted();
  }

  @Test
  void listsNewestFirstAPageAtATime() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(post(manifest("m" + i, "x86-64-v3"), model()).json().path("id").asText());
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          client
              .send(client.operator("GET", "/v1/compilations?limit=2" + cursor))
              .expect(200)
              .json();
      page.path("compilations").forEach(one -> listed.add(one.path("id").asText()));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!cursor.isEmpty());
    assertThat(listed).containsExactlyElementsOf(ids);
  }

  @Test
  void forgetsADeletedCompilationAndItsBundles() throws IOException {
    JsonNode compilation = client.compile(TWO, model());
    String path = "/v1/compilations/" + compilation.path("id").asText();
    client.send(client.operator("DELETE", path)).expect(204);
    client.send(client.operator("GET", path)).expect(404);
    try (var bundles = Files.list(folder.resolve("data/objects/bundles"))) {
      assertThat(bundles).isEmpty();
    }
    JsonNode again = client.compile(TWO, model());
    assertThat(again.path("targets")).isEqualTo(compilation.path("targets"));
  }

  @Test
  void endsTheCompilerOfADeletedCompilation() throws IOException {
    Path pid = folder.resolve("pid");
    String model = model("spawn x86-64-v3 " + pid, "sleep x86-64-v3 60000");
    String id = post(manifest("m", "x86-64-v3"), model).json().path("id").asText();
    ProcessHandle grandchild = await(pid);
    client.send(client.operator("DELETE", "/v1/compilations/" + id)).expect(204);
    while (grandchild.isAlive()) {
      CheckedClient.pause();
    }
    assertThat(service.logWith("\"kind\":\"stopped\"")).contains(id);
  }

  private static ProcessHandle await(Path pid) throws IOException {
    while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
      CheckedClient.pause();
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  @Test
  void tellsAllProblemsOfManifestAndModelAtOnce() {
    Reply reply =
        post(
            "{\"name\":\"Bad Name!\",\"targets\":[\"toaster\"],\"colour\":1}",
            model("problem n1", "problem n2"));
    reply.expect(422);
    List<String> codes = new ArrayList<>();
    reply.json().path("problems").forEach(problem -> codes.add(problem.path("code").asText()));
    assertThat(codes).contains("EW-2101", "EW-2002", "EW-2004").endsWith("EW-1004", "EW-1004");
    assertThat(reply.json().path("type").asText()).isEqualTo("/v1/errors/" + codes.getFirst());
    assertThat(client.send(client.operator("GET", "/v1/compilations")).json().path("compilations"))
        .isEmpty();
  }

  @Test
  void writesOneLineOfLogARequestAndATransition() {
    JsonNode compilation = client.compile(manifest("m", "x86-64-v3"), model());
    String id = compilation.path("id").asText();
    String log = service.logWith("\"kind\":\"succeeded\"");
    assertThat(log.lines().filter(line -> line.contains(id)))
        .anyMatch(line -> line.contains("\"event\":\"request\"") && line.contains("\"status\":202"))
        .anyMatch(line -> line.contains("\"state\":\"Publish\""))
        .anyMatch(line -> line.contains("\"kind\":\"succeeded\""));
  }

  @Test
  void takesNothingButCompilationsForThemInTheLog() {
    client.send(client.operator("GET", "/v1/devices/nobody")).expect(404);
    client.send(client.operator("GET", "/v1/compilations/" + "0".repeat(64))).expect(404);
    assertThat(service.log().lines())
        .anyMatch(
            line -> line.contains("/v1/devices/nobody\"") && line.contains("\"compilation\":\"\""))
        .anyMatch(line -> line.contains("\"compilation\":\"" + "0".repeat(64)));
  }
}
