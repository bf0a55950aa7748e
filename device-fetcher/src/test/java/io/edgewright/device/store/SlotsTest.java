package io.edgewright.device.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void keepsTheProvenBundleToGoBackTo() {
    Slots slots = Slots.EMPTY.activate(slot("a")).confirm().activate(slot("b"));

    assertThat(slots.lastGood().map(Slots.Slot::name)).contains("a");
    assertThat(slots.rollBack().active().map(Slots.Slot::name)).contains("a");
  }

  @Test
  void neverGoesBackToABundleThatNeverGaveAResult() {
    Slots slots = Slots.EMPTY.activate(slot("a")).confirm().activate(slot("b")).activate(slot("c"));

    assertThat(slots.lastGood().map(Slots.Slot::name)).contains("a");
  }

  @Test
  void neverGoesBackToTheVeryBundleThatIsActive() {
    Slots slots = Slots.EMPTY.activate(slot("a")).confirm().activate(slot("b")).activate(slot("a"));

    assertThat(slots.active().map(Slots.Slot::name)).contains("a");
    assertThat(slots.lastGood()).isEmpty();
  }

  @Test
  void hasNothingToGoBackToTwice() {
    Slots slots = Slots.EMPTY.activate(slot("a")).confirm().activate(slot("b")).rollBack();

    assertThat(slots.rollBack().active()).isEmpty();
  }

  @Test
  void givesUpOnAPassingFailureAfterThreeTries() {
    Slots once = Slots.EMPTY.refuse(sha("a"), "EW-5203", "altered", false, AT);
    Slots thrice =
        once.refuse(sha("a"), "EW-5203", "altered", false, AT)
            .refuse(sha("a"), "EW-5203", "altered", false, AT);

    assertThat(once.refusal(sha("a")).map(Slots.Refused::isFinal)).contains(false);
    assertThat(thrice.refusal(sha("a")).map(Slots.Refused::isFinal)).contains(true);
  }

  @Test
  void forgetsAFailureOnceTheBundleIsActive() {
    Slots slots = Slots.EMPTY.refuse(sha("a"), "EW-5203", "altered", false, AT).activate(slot("a"));

    assertThat(slots.refused()).isEmpty();
  }

  @Test
  void staysSmallHoweverManyBundlesFail() {
    Slots slots = Slots.EMPTY;
    for (int index = 0; index < 100; index++) {
      slots = slots.refuse("%064x".formatted(index), "EW-5306", "failed", true, AT);
    }

    assertThat(slots.refused()).hasSize(20);
    assertThat(slots.refusal("%064x".formatted(99))).isPresent();
  }

  @Test
  void comesBackFromItsFile() {
    Slots slots =
        new Slots(Optional.of(slot("a")), Optional.of(slot("b")), Slots.EMPTY.refused())
            .refuse(sha("c"), "EW-5306", "the \"golden\" test failed", true, AT);

    assertThat(Slots.read(slots.json())).isEqualTo(slots);
    assertThat(Slots.read(Slots.EMPTY.json())).isEqualTo(Slots.EMPTY);
  }

  private static Slots.Slot slot(String name) {
    return new Slots.Slot(sha(name), sha(name), name, false, AT);
  }

  private static String sha(String name) {
    return name.repeat(64);
  }
}
