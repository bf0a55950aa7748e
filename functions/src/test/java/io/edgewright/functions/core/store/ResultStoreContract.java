package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.store.DeviceResult.Kind;
import io.edgewright.functions.core.store.ResultStore.Condition;
import io.edgewright.functions.core.store.ResultStore.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class ResultStoreContract {
  private static final Instant NOW = Samples.NOON;
  private static final Condition ALL =
      new Condition(Optional.empty(), Optional.empty(), Optional.empty());

  /// Knows the devices `d1` and `d2`.
  protected abstract ResultStore store();

  private static DeviceResult result(String device, long sequence, Kind kind, String content) {
    return new DeviceResult(
        device, sequence, kind, NOW, "model-" + sequence % 2, Samples.digest("b"), content);
  }

  private static DeviceResult sample(String device, long sequence) {
    return result(device, sequence, Kind.SAMPLE, "{\"n\":" + sequence + "}");
  }

  private long add(DeviceResult... results) {
    return store().add(results[0].device(), List.of(results), NOW.plusSeconds(5));
  }

  private List<DeviceResult> list(Condition condition) {
    return store().list(condition, 1000, Optional.empty()).items().stream()
        .map(Received::result)
        .toList();
  }

  @Test
  void keepsWhatItIsGivenAndSaysUpToWhere() {
    assertThat(add(sample("d1", 3), sample("d1", 7))).isEqualTo(7);
    assertThat(list(ALL)).containsExactly(sample("d1", 3), sample("d1", 7));
    assertThat(store().list(ALL, 1, Optional.empty()).items().getFirst().at())
        .isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  void keepsTheFirstRecordOfANumber() {
    add(sample("d1", 1), sample("d1", 2));
    assertThat(add(result("d1", 2, Kind.SAMPLE, "{}"), sample("d1", 3))).isEqualTo(3);
    assertThat(list(ALL)).containsExactly(sample("d1", 1), sample("d1", 2), sample("d1", 3));
  }

  @Test
  void acknowledgesWhatItHasWhenOlderRecordsComeLate() {
    add(sample("d1", 9));
    assertThat(add(sample("d1", 4))).isEqualTo(9);
    assertThat(store().add("d1", List.of(), NOW)).isEqualTo(9);
    assertThat(store().add("d2", List.of(), NOW)).isZero();
  }

  @Test
  void countsEachDeviceForItself() {
    add(sample("d1", 5));
    assertThat(add(sample("d2", 1))).isEqualTo(1);
    assertThat(list(new Condition(Optional.of("d2"), Optional.empty(), Optional.empty())))
        .containsExactly(sample("d2", 1));
  }

  @Test
  void findsByModelAndKind() {
    DeviceResult counters = result("d1", 3, Kind.COUNTERS, "{\"frames\":9}");
    add(sample("d1", 1), sample("d1", 2), counters);
    assertThat(
            list(
                new Condition(
                    Optional.empty(), Optional.of("model-1"), Optional.of(Kind.COUNTERS))))
        .containsExactly(counters);
    assertThat(list(new Condition(Optional.empty(), Optional.of("model-0"), Optional.empty())))
        .containsExactly(sample("d1", 2));
  }

  @Test
  void goesOnWhereAPageEnded() {
    for (int i = 1; i <= 7; i++) {
      add(sample("d1", i));
    }
    List<Long> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (Page<Received> page = store().list(ALL, 3, cursor);
        !page.items().isEmpty();
        page = store().list(ALL, 3, cursor)) {
      page.items().forEach(received -> seen.add(received.result().sequence()));
      cursor = page.next();
    }
    assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    add(sample("d2", 1));
    assertThat(store().list(ALL, 3, cursor).items()).hasSize(1);
  }

  @Test
  void keepsEachRecordOnceHoweverManySendItAtATime() {
    List<DeviceResult> all = IntStream.rangeClosed(1, 50).mapToObj(i -> sample("d1", i)).toList();
    IntStream.range(0, 20).parallel().forEach(i -> store().add("d1", all.subList(i, 50), NOW));
    assertThat(list(ALL)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void refusesACursorThatItDidNotGive() {
    for (String cursor : List.of("", "x", "-1", "1.5", "9".repeat(19))) {
      assertThatThrownBy(() -> store().list(ALL, 1, Optional.of(cursor)))
          .as(cursor)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
