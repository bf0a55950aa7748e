package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed with -9 at random moments, those of its start among them, while a client
/// wants compilations from it. Each bundle that the compiler makes is another one, so that a second
/// publication would be seen. `-Dedgewright.soak=true` takes 200 kills over 40 compilations,
/// `-Dedgewright.seed=N` the same moments again.
@Tag("slow")
class ServiceKillTest {
  private static final boolean SOAK = Boolean.getBoolean("edgewright.soak");
  private static final int KILLS = SOAK ? 200 : 8;
  private static final int COMPILATIONS = SOAK ? 40 : 4;
  private static final String[] TARGETS = {"x86-64-v3", "raspberry-pi-3"};

  @TempDir Path temporary;
  private final Random random = new Random(seed());
  private final Map<Integer, String> ids = new HashMap<>();
  private final Map<String, String> published = new HashMap<>();
  private long startMillis = 3000;

  private static long seed() {
    long seed = Long.getLong("edgewright.seed", System.nanoTime());
    System.out.println("ServiceKillTest: -Dedgewright.seed=" + seed);
    return seed;
  }

  @Test
  void losesNothingWhenItIsKilled() throws IOException, InterruptedException, SQLException {
    Path folder = temporary.resolve("data");
    for (int kill = 1; kill <= KILLS; kill++) {
      lifeWithAnEnd(folder, Math.max(1, kill * COMPILATIONS / KILLS));
    }
    try (ServiceProcess service = ServiceProcess.start(folder)) {
      CheckedClient client = service.client().orElseThrow();
      while (!demand(client, COMPILATIONS)) {
        CheckedClient.pause();
      }
    }
    StoredState.check(folder);
    assertThat(published).hasSize(COMPILATIONS * TARGETS.length);
  }

  /// The service lives for some time between none and two seconds after its start.
  private void lifeWithAnEnd(Path folder, int wanted) throws IOException, InterruptedException {
    long start = System.nanoTime();
    ServiceProcess service = ServiceProcess.start(folder);
    long life = random.nextLong(startMillis + 2000);
    Thread killer =
        Thread.startVirtualThread(() -> {
          try {
            Thread.sleep(life);
            service.kill();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Optional<CheckedClient> client = service.client();
    if (client.isPresent()) {
      startMillis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      demandWhileItLives(client.get(), wanted);
    }
    killer.join();
  }

  private void demandWhileItLives(CheckedClient client, int wanted) {
    try {
      while (true) {
        demand(client, wanted);
        CheckedClient.pause();
      }
    } catch (UncheckedIOException _) {
      // It was killed.
    }
  }

  /// Asks for what has not been taken, looks at what has.
  ///
  /// @return whether all of it is done
  private boolean demand(CheckedClient client, int wanted) {
    boolean done = true;
    for (int number = 0; number < wanted; number++) {
      String id = ids.get(number);
      String state = id == null ? "unknown" : look(client, id);
      if (state.matches("unknown|failed|partial")) {
        post(client, number);
      }
      done &= state.equals("done");
    }
    return done;
  }

  /// What was taken once is never forgotten, what was published stays what it is.
  private String look(CheckedClient client, String id) {
    JsonNode compilation = client.get(id);
    for (JsonNode target : compilation.path("targets")) {
      String key = id + " " + target.path("target").asText();
      String digest = target.at("/bundle/digest").asText();
      String before = digest.isEmpty() ? published.get(key) : published.putIfAbsent(key, digest);
      assertThat(digest).as(key).isEqualTo(before == null ? digest : before);
    }
    return compilation.path("state").asText();
  }

  /// The first time, or, as the hint of a fault says, once more.
  private void post(CheckedClient client, int number) {
    Reply reply =
        client.send(
            form(
                client.operator("POST", "/v1/compilations"),
                manifest("m" + number, TARGETS),
                model("bundle * unique", "sleep * " + 100 * (number % 5))));
    assertThat(reply.status()).as("%s", reply.text()).isIn(200, 202);
    ids.put(number, reply.json().path("id").asText());
  }
}
