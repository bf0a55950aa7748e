package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class MetadataStoreContract {
  protected abstract MetadataStore store();

  private static SignedMetadata metadata(String role, int version) {
    return new SignedMetadata(role, version, Samples.NOON, "{\"of\":\"" + role + version + "\"}");
  }

  @Test
  void findsTheLatestAndEveryVersion() {
    assertThat(store().latest("targets")).isEmpty();
    assertThat(store().publish(List.of(metadata("targets", 1)))).isTrue();
    assertThat(store().publish(List.of(metadata("targets", 2)))).isTrue();
    assertThat(store().latest("targets")).contains(metadata("targets", 2));
    assertThat(store().find("targets", 1)).contains(metadata("targets", 1));
    assertThat(store().find("targets", 3)).isEmpty();
    assertThat(store().latest("root")).isEmpty();
  }

  @Test
  void publishesAllOrNothing() {
    store().publish(List.of(metadata("targets", 1)));
    assertThat(store().publish(List.of(metadata("snapshot", 1), metadata("targets", 1)))).isFalse();
    assertThat(store().latest("snapshot")).isEmpty();
  }

  @Test
  void refusesVersionsThatStandStillGoBackOrJump() {
    store().publish(List.of(metadata("targets", 1)));
    store().publish(List.of(metadata("targets", 2)));
    for (int version : List.of(0, 1, 2, 4)) {
      assertThat(store().publish(List.of(metadata("targets", version)))).isFalse();
    }
  }

  @Test
  void letsOneOfManyPublishAVersion() {
    var winners = new AtomicInteger();
    IntStream.range(0, 50)
        .parallel()
        .filter(i -> store().publish(List.of(metadata("targets", 1), metadata("snapshot", 1))))
        .forEach(i -> winners.incrementAndGet());
    assertThat(winners).hasValue(1);
  }
}
