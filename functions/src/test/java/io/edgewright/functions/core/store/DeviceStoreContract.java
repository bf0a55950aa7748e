package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.DeviceStore.Enrolment;
import io.edgewright.functions.core.store.DeviceStore.Reason;
import io.edgewright.functions.core.store.DeviceStore.Report;
import io.edgewright.functions.core.store.DeviceStore.Rotation;
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
    return device(id, key(id), group, NOW);
  }

  private static Device device(String id, Device.Key key, String group, Instant at) {
    return new Device(id, key, group, "host", List.of("avx2"), "n", at, Optional.empty());
  }

  private static Device.Key key(String id) {
    return new Device.Key(id, "{\"kty\":\"EC\",\"x\":\"" + id + "\"}");
  }

  private Enrolment enrolAgain(String seed, Device device) {
    Digest token = Samples.digest(seed);
    store().addClaim(new Claim(token, device.group(), NOW.plusSeconds(10)));
    return store().enrol(token, NOW, group -> device);
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

  @Test
  void knowsADeviceByItsKey() {
    claim();
    enrol("d1");
    assertThat(store().findByKey("d1").map(Device::id)).contains("d1");
    assertThat(store().findByKey("k2")).isEmpty();
  }

  @Test
  void keepsTheIdWhenTheKeyChanges() {
    claim();
    enrol("d1");
    assertThat(store().rotate("d1", "d1", key("k2"), NOW)).isEqualTo(Rotation.ROTATED);
    Device device = store().findByKey("k2").orElseThrow();
    assertThat(device).isEqualTo(device("d1", key("k2"), "lobby", NOW));
    assertThat(store().findByKey("d1")).contains(device);
    assertThat(store().find("d1")).contains(device);
  }

  @Test
  void changesAKeyOnlyFromTheCurrentOne() {
    claim();
    enrol("d1");
    store().rotate("d1", "d1", key("k2"), NOW);
    assertThat(store().rotate("d1", "d1", key("k3"), NOW)).isEqualTo(Rotation.SUPERSEDED);
    assertThat(store().rotate("d1", "k2", key("d1"), NOW)).isEqualTo(Rotation.KEY_TAKEN);
    assertThat(store().rotate("nobody", "k2", key("k3"), NOW)).isEqualTo(Rotation.SUPERSEDED);
    assertThat(store().findByKey("k3")).isEmpty();
  }

  @Test
  void letsOneOfManyChangeTheKey() {
    claim();
    enrol("d1");
    long winners =
        IntStream.range(0, 50)
            .parallel()
            .filter(i -> store().rotate("d1", "d1", key("k" + i), NOW) == Rotation.ROTATED)
            .count();
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void revokesForGood() {
    claim();
    enrol("d1");
    assertThat(store().revoke("d1", NOW.plusSeconds(1))).isTrue();
    assertThat(store().revoke("d1", NOW.plusSeconds(2))).isTrue();
    assertThat(store().revoke("d2", NOW)).isFalse();
    assertThat(store().findByKey("d1").orElseThrow().revokedAt()).contains(NOW.plusSeconds(1));
    assertThat(store().rotate("d1", "d1", key("k2"), NOW)).isEqualTo(Rotation.SUPERSEDED);
    assertThat(enrolAgain("second", device("d1", "roof")))
        .isEqualTo(new Enrolment.Refused(Reason.KEY_WITHDRAWN));
  }

  @Test
  void enrolsNoKeyThatWasReplacedButTheCurrentOneAgain() {
    claim();
    enrol("d1");
    store().rotate("d1", "d1", key("k2"), NOW);
    assertThat(enrolAgain("second", device("d1", "roof")))
        .isEqualTo(new Enrolment.Refused(Reason.KEY_WITHDRAWN));
    Device wanted = device("k2", key("k2"), "roof", NOW);
    assertThat(enrolAgain("third", wanted))
        .isEqualTo(new Enrolment.Enrolled(device("d1", key("k2"), "roof", NOW)));
  }

  @Test
  void pagesFromTheNewestToTheOldestOfAGroup() {
    for (int i = 0; i < 7; i++) {
      // Two and two share an instant: the cursor must not lose one of them.
      Instant at = NOW.plusSeconds(i / 2);
      String group = i == 3 ? "roof" : "lobby";
      enrolAgain("seed " + i, device("d" + i, key("d" + i), group, at));
    }
    assertThat(ids(Optional.of("lobby"))).containsExactly("d6", "d5", "d4", "d2", "d1", "d0");
    assertThat(ids(Optional.empty())).containsExactly("d6", "d5", "d4", "d3", "d2", "d1", "d0");
    assertThatThrownBy(() -> store().newestFirst(Optional.empty(), 2, Optional.of("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> ids(Optional<String> group) {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Device> page = store().newestFirst(group, 2, cursor);
      page.items().forEach(device -> ids.add(device.id()));
      cursor = page.next();
    } while (cursor.isPresent());
    return ids;
  }
}
