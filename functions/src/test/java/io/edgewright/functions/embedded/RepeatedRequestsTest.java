package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same request is the same compilation, and with an idempotency key the same answer.
class RepeatedRequestsTest {
  private static final String MANIFEST = manifest("detector", "x86-64-v3");

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
    return form(client.operator("POST", "/v1/compilations"), MANIFEST, model);
  }

  private int compilers() {
    return service
            .log()
            .split(Pattern.quote("\"state\":\"Compile\",\"kind\":\"started\""), -1)
            .length
        - 1;
  }

  private byte[] bundle(JsonNode compilation) {
    String path = compilation.at("/targets/0/bundle/url").asText();
    URI address =
        URI.create(client.send(client.operator("GET", path)).expect(307).header("location"));
    return client
        .sendUnchecked(client.open("GET", address.getRawPath() + "?" + address.getRawQuery()))
        .expect(200)
        .bytes();
  }

  @Test
  void answersTheSameRequestWithoutCompilingAgain() {
    JsonNode done = client.compile(MANIFEST, model());
    byte[] bytes = bundle(done);
    assertThat(compilers()).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      JsonNode again = client.send(post(model())).expect(200).json();
      assertThat(again).isEqualTo(done);
      assertThat(bundle(again)).isEqualTo(bytes);
    }
    assertThat(compilers()).isEqualTo(1);
  }

  @Test
  void compilesOnceHoweverManyAskAtTheSameTime() {
    List<Reply> replies =
        IntStream.range(0, 20).parallel().mapToObj(i -> client.send(post(model()))).toList();
    assertThat(replies)
        .extracting(reply -> reply.json().path("id").asText())
        .containsOnly(replies.getFirst().json().path("id").asText());
    client.await(replies.getFirst().json().path("id").asText());
    assertThat(compilers()).isEqualTo(1);
  }

  @Test
  void namesTheCompilationOfAnotherCompilerOtherwise() throws IOException {
    String id = client.send(post(model())).json().path("id").asText();
    Digest other = Samples.digest("another compiler");
    try (TestService later = TestService.withCompiler(folder.resolve("later"), other)) {
      Call call = form(later.client().operator("POST", "/v1/compilations"), MANIFEST, model());
      JsonNode compilation = later.client().send(call).expect(202).json();
      assertThat(compilation.path("compiler").asText()).isEqualTo(other.toString());
      assertThat(compilation.path("id").asText()).isNotEqualTo(id);
    }
  }

  @Test
  void keepsABundleThatAnotherCompilationHasToo() {
    JsonNode one = client.compile(MANIFEST, model());
    JsonNode two = client.compile(manifest("detector", "x86-64-v3", "raspberry-pi-3"), model());
    String digest = one.at("/targets/0/bundle/digest").asText();
    assertThat(two.at("/targets/0/bundle/digest").asText()).isEqualTo(digest);
    client.send(client.operator("DELETE", "/v1/compilations/" + one.path("id").asText()));
    assertThat(Digest.of(bundle(two)).toString()).isEqualTo(digest);
  }

  @Test
  void answersTheSameForTheSameKey() {
    Call call = post(model()).with("idempotency-key", "a key");
    assertThat(client.send(call.wrong()).expect(400).code())
        .isEqualTo(ServiceErrorCode.FIELD_INVALID.id());
    Call keyed = post(model()).with("idempotency-key", "a-key");
    Reply first = client.send(keyed).expect(202);
    client.await(first.json().path("id").asText());
    Reply again = client.send(keyed).expect(202);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("location")).isEqualTo(first.header("location"));
    assertThat(first.header("idempotency-replayed")).isEmpty();
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    // A form with another boundary is the same request; another model is not.
    String text = new String(keyed.body(), StandardCharsets.UTF_8);
    Call bounded =
        keyed.body(
            "multipart/form-data; boundary=other",
            text.replace("----edgewright-test", "other").getBytes(StandardCharsets.UTF_8));
    assertThat(client.send(bounded).expect(202).text()).isEqualTo(first.text());
    Call other = post(model("sleep none 1")).with("idempotency-key", "a-key");
    assertThat(client.send(other).expect(422).code())
        .isEqualTo(ServiceErrorCode.IDEMPOTENCY_KEY_REUSED.id());
  }

  @Test
  void freesTheKeyOfARequestThatFailed() {
    Call bad = post("no model").with("idempotency-key", "k");
    client.send(bad).expect(422);
    client.send(post(model()).with("idempotency-key", "k")).expect(202);
  }

  @Test
  void remembersKeysOverARestart() throws IOException {
    Reply first = client.send(post(model()).with("idempotency-key", "k")).expect(202);
    service = service.restarted();
    client = service.client();
    Reply again = client.send(post(model()).with("idempotency-key", "k")).expect(202);
    assertThat(again.text()).isEqualTo(first.text());
  }
}
