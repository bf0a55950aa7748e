package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.DeviceStore.Enrolment;
import io.edgewright.functions.core.store.DeviceStore.Reason;
import io.edgewright.functions.core.store.DeviceStore.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class DeviceStoreContract {
  private static final Instant NOW = Samples.NOON;
  private static final Digest TOKEN = Samples.digest("token");

  protected abstract DeviceStore store();

  private static Device device(String id, String group) {
    return new Device(id, "{\"kty\":\"EC\"}", group, "host", List.of("avx2"), "n", NOW);
  }

  private Enrolment enrol(String id) {
    return store().enrol(TOKEN, NOW, group -> device(id, group));
  }

  private void claim() {
    store().addClaim(new Claim(TOKEN, "lobby", NOW.plusSeconds(10)));
  }

  @Test
  void enrolsIntoTheGroupOfTheClaim() {
    claim();
    assertThat(enrol("d1")).isEqualTo(new Enrolment.Enrolled(device("d1", "lobby")));
    assertThat(store().find("d1")).contains(device("d1", "lobby"));
    assertThat(store().find("d2")).isEmpty();
  }

  @Test
  void refusesASecondDeviceWithTheSameClaim() {
    claim();
    enrol("d1");
    assertThat(enrol("d2")).isEqualTo(new Enrolment.Refused(Reason.USED));
    assertThat(store().find("d2")).isEmpty();
  }

  @Test
  void answersTheSameDeviceAgainWhenItsAnswerWasLost() {
    claim();
    Enrolment first = enrol("d1");
    assertThat(enrol("d1")).isEqualTo(first);
  }

  @Test
  void letsOneOfManyDevicesUseAClaim() {
    claim();
    var winners = new AtomicInteger();
    IntStream.range(0, 1000)
        .parallel()
        .filter(i -> enrol("d" + i) instanceof Enrolment.Enrolled)
        .forEach(i -> winners.incrementAndGet());
    assertThat(winners).hasValue(1);
  }

  @Test
  void refusesAnUnknownClaim() {
    assertThat(enrol("d1")).isEqualTo(new Enrolment.Refused(Reason.UNKNOWN));
  }

  @Test
  void refusesAClaimAfterItsEnd() {
    store().addClaim(new Claim(TOKEN, "lobby", NOW));
    assertThat(enrol("d1")).isEqualTo(new Enrolment.Refused(Reason.EXPIRED));
    assertThat(store().find("d1")).isEmpty();
  }

  @Test
  void movesADeviceThatEnrolsAgain() {
    claim();
    enrol("d1");
    store().addReport(new Report("d1", NOW, "{}"));
    Digest second = Samples.digest("second");
    store().addClaim(new Claim(second, "roof", NOW.plusSeconds(10)));
    store().enrol(second, NOW, group -> device("d1", group));
    assertThat(store().find("d1").orElseThrow().group()).isEqualTo("roof");
    assertThat(store().reports("d1", 10)).hasSize(1);
  }

  @Test
  void listsTheNewestReportsFirst() {
    claim();
    enrol("d1");
    for (int i = 0; i < 5; i++) {
      store().addReport(new Report("d1", NOW.plusSeconds(i), "{\"i\":" + i + "}"));
    }
    assertThat(store().reports("d1", 2))
        .extracting(Report::body)
        .containsExactly("{\"i\":4}", "{\"i\":3}");
    assertThat(store().reports("d2", 2)).isEmpty();
  }

  private static String thumbprint(char letter) {
    return "Az_-" + String.valueOf(letter).repeat(39);
  }

  private void enrolAt(char letter, int second) {
    String id = thumbprint(letter);
    Digest token = Samples.digest("token of " + id);
    store().addClaim(new Claim(token, "lobby", NOW.plusSeconds(10)));
    Instant at = NOW.plusSeconds(second);
    store()
        .enrol(
            token,
            NOW,
            group -> new Device(id, "{\"kty\":\"EC\"}", group, "host", List.of(), "n", at));
  }

  @Test
  void listsDevicesNewestFirstPageByPage() {
    enrolAt('a', 1);
    enrolAt('b', 3);
    enrolAt('c', 2);
    enrolAt('d', 2);
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      DevicePage page = store().newestFirst(1, cursor);
      assertThat(page.devices()).hasSize(1);
      seen.add(page.devices().getFirst().id());
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(seen)
        .containsExactly(thumbprint('b'), thumbprint('d'), thumbprint('c'), thumbprint('a'));
    assertThat(store().newestFirst(4, Optional.empty()).next()).isEmpty();
  }

  @Test
  void refusesACursorThatItDidNotGive() {
    for (String cursor : List.of("", "x", ".x", "1.x", "-1." + thumbprint('a'))) {
      assertThatThrownBy(() -> store().newestFirst(1, Optional.of(cursor)))
          .as(cursor)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
