package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/operations.md, "Upgrade with compilations in flight": the service is stopped in good order
/// while the compiler is at work, and another build of it starts over the same data.
@Tag("slow")
class UpgradeTest {
  private static final String TWO = manifest("detector", "x86-64-v3", "raspberry-pi-3");

  /// Each bundle that the compiler makes is another one.
  private static final String MODEL = model("bundle * unique", "sleep * 1000");

  @TempDir Path folder;

  private static Reply post(CheckedClient client) {
    return client.send(form(client.operator("POST", "/v1/compilations"), TWO, MODEL));
  }

  /// Posts, and comes back when a compiler is at it.
  ///
  /// @return the compilation's id
  private static String begin(CheckedClient client) {
    String id = post(client).expect(202).json().path("id").asText();
    while (!client.get(id).at("/targets/0/stage").asText().equals("compile")) {
      CheckedClient.pause();
    }
    return id;
  }

  @Test
  void endsWhatWasInFlightAndPublishesItOnce()
      throws IOException, InterruptedException, SQLException {
    Path data = folder.resolve("data");
    String id;
    try (ServiceProcess old = ServiceProcess.start(data)) {
      id = begin(old.client().orElseThrow());
    }
    try (ServiceProcess fresh = ServiceProcess.start(data)) {
      CheckedClient client = fresh.client().orElseThrow();
      JsonNode done = client.await(id);
      assertThat(done.path("state").asText()).isEqualTo("done");
      assertThat(post(client).expect(200).json()).isEqualTo(done);
    }
    StoredState.check(data);
  }

  /// The compiler of the new build does not speak for that of the old one.
  @Test
  void failsWhatAnotherCompilerBeganAndCompilesItAnew() throws IOException {
    Path data = folder.resolve("data");
    Digest before = Samples.digest("the compiler before");
    String id;
    try (TestService old = TestService.withCompiler(data, before)) {
      id = begin(old.client());
    }
    try (TestService fresh = TestService.start(data)) {
      JsonNode broken = fresh.client().await(id);
      assertThat(broken.path("state").asText()).isEqualTo("failed");
      assertThat(broken.path("compiler").asText()).isEqualTo(before.toString());
      assertThat(broken.at("/targets/0/problems/0/blame").asText()).isEqualTo("SERVICE");
      assertThat(broken.at("/targets/0/problems/0/seen").asText()).contains("compiler");
      String anew = post(fresh.client()).expect(202).json().path("id").asText();
      assertThat(anew).isNotEqualTo(id);
      assertThat(fresh.client().await(anew).path("state").asText()).isEqualTo("done");
    }
  }
}
