package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class NonceStoreContract {
  private static final Instant NOW = Samples.NOON;

  protected abstract NonceStore store();

  /// As many as fit into a test.
  protected int replays() {
    return 10_000;
  }

  private boolean remember(String device, String nonce) {
    return store().remember(device, nonce, NOW, NOW.plusSeconds(600));
  }

  @Test
  void knowsEveryNonceOnce() {
    assertThat(remember("d1", "n1")).isTrue();
    assertThat(remember("d1", "n1")).isFalse();
    assertThat(remember("d1", "n2")).isTrue();
    assertThat(remember("d2", "n1")).isTrue();
  }

  @Test
  void refusesEveryReplay() {
    var accepted = new AtomicInteger();
    remember("d1", "n1");
    IntStream.range(0, replays())
        .parallel()
        .filter(i -> remember("d1", "n1"))
        .forEach(i -> accepted.incrementAndGet());
    assertThat(accepted).hasValue(0);
  }

  @Test
  void remembersUntilTheEnd() {
    remember("d1", "n1");
    Instant end = NOW.plusSeconds(600);
    assertThat(store().remember("d1", "n1", end, end)).isFalse();
  }
}
