package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stopping a compilation, and waiting for one.
@Tag("slow")
class CancelAndWaitTest {
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

  private Call post(String model) {
    return form(client.operator("POST", "/v1/compilations"), TWO, model);
  }

  private Call get(String id) {
    return client.operator("GET", "/v1/compilations/" + id);
  }

  private Call cancel(String id) {
    return client.operator("POST", "/v1/compilations/" + id + "/cancel");
  }

  /// A compilation with one target done, while the other takes a minute.
  private String halfDone() {
    String model = model("sleep raspberry-pi-3 60000");
    String id = client.send(post(model)).expect(202).json().path("id").asText();
    JsonNode compilation = client.get(id);
    while (!compilation.at("/targets/0/state").asText().equals("done")
        || !compilation.at("/targets/1/stage").asText().equals("compile")) {
      CheckedClient.pause();
      compilation = client.get(id);
    }
    return id;
  }

  @Test
  void stopsWhatRunsAndKeepsWhatIsDone() {
    String id = halfDone();
    JsonNode cancelled = client.send(cancel(id)).expect(200).json();
    assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
    assertThat(cancelled.at("/targets/0/state").asText()).isEqualTo("done");
    assertThat(cancelled.at("/targets/1/state").asText()).isEqualTo("cancelled");
    assertThat(service.logWith("\"kind\":\"stopped\"")).contains(id);
    assertThat(client.get(id)).isEqualTo(cancelled);
    assertThat(client.send(cancel(id)).expect(200).json()).isEqualTo(cancelled);
  }

  @Test
  void goesOnWithTheRestWhenPostedAgain() throws IOException {
    Path pid = folder.resolve("pid");
    String model = model("spawn raspberry-pi-3 " + pid, "sleep raspberry-pi-3 1500");
    String id = client.send(post(model)).expect(202).json().path("id").asText();
    while (!Files.exists(pid)) {
      CheckedClient.pause();
    }
    client.send(cancel(id)).expect(200);
    JsonNode again = client.send(post(model)).expect(200).json();
    assertThat(again.path("state").asText()).isEqualTo("queued");
    assertThat(client.await(id).path("state").asText()).isEqualTo("done");
  }

  @Test
  void cancelsNothingThatIsFinished() {
    String id = client.compile(TWO, model()).path("id").asText();
    assertThat(client.send(cancel(id)).expect(409).code())
        .isEqualTo(ServiceErrorCode.COMPILATION_FINISHED.id());
  }

  @Test
  void answersAPostWhenTheCompilationEnds() {
    long start = System.nanoTime();
    Reply reply = client.send(post(model()).with("prefer", "wait=20"));
    assertThat(reply.header("preference-applied")).isEqualTo("wait=20");
    boolean done = reply.json().path("state").asText().equals("done");
    reply.expect(done ? 200 : 202);
    // On a very slow machine it may not have come to its end, but then it waited.
    boolean waited = Duration.ofNanos(System.nanoTime() - start).toSeconds() >= 20;
    assertThat(done || waited).isTrue();
  }

  @Test
  void answersHowItStandsWhenTheTimeIsOver() {
    Call call = post(model("sleep * 60000")).with("prefer", "respond-async, wait=1");
    Reply reply = client.send(call).expect(202);
    assertThat(reply.json().path("state").asText()).isIn("queued", "running");
    assertThat(reply.header("preference-applied")).isEqualTo("wait=1");
    Call get = get(reply.json().path("id").asText());
    assertThat(
            client.send(get.with("prefer", "wait=soon")).expect(200).header("preference-applied"))
        .isEmpty();
  }

  @Test
  void tellsEveryChangeToWhoeverWaitsWithATag() {
    String id = client.send(post(model("sleep * 500"))).expect(202).json().path("id").asText();
    String tag = "\"none\"";
    JsonNode seen = client.get(id);
    int changes = 0;
    while (!seen.path("state").asText().equals("done")) {
      Reply reply =
          client.send(get(id).with("if-none-match", tag).with("prefer", "wait=20")).expect(200);
      assertThat(reply.header("etag")).isNotEqualTo(tag);
      tag = reply.header("etag");
      seen = reply.json();
      changes++;
    }
    assertThat(changes).isGreaterThan(1);
    client.send(get(id).with("if-none-match", tag)).expect(304);
  }
}
