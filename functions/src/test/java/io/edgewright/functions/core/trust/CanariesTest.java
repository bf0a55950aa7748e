package io.edgewright.functions.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanariesTest {
  private static boolean include(String deployment, int percent, int device) {
    return new Canaries(deployment, percent).include("device " + device);
  }

  private static long count(String deployment, int percent) {
    return IntStream.range(0, 10_000).filter(i -> include(deployment, percent, i)).count();
  }

  /// The same places are in the tests of the device: they must agree on them for ever.
  @Test
  void findsThePlacesOfTheContract() {
    assertThat(place("lobby/1", "zhDWoMDfXnxhDdxqBTdGMYFLT3LYHWGNG3Ez3kEIYmU")).isEqualTo(24);
    assertThat(place("lobby/2", "zhDWoMDfXnxhDdxqBTdGMYFLT3LYHWGNG3Ez3kEIYmU")).isEqualTo(26);
  }

  private static int place(String deployment, String device) {
    return (int)
        IntStream.rangeClosed(1, 100)
            .filter(percent -> !new Canaries(deployment, percent).include(device))
            .count();
  }

  @Test
  void includesAboutAsManyAsItSays() {
    for (int percent : new int[] {1, 5, 25, 50, 90}) {
      assertThat(count("lobby/1", percent)).isBetween(percent * 100L - 200, percent * 100L + 200);
    }
    assertThat(count("lobby/1", 100)).isEqualTo(10_000);
  }

  @Test
  void keepsItsCanariesWhenThePercentageRises() {
    for (int i = 0; i < 1000; i++) {
      for (int percent = 1; percent < 100; percent++) {
        assertThat(include("lobby/1", percent, i) && !include("lobby/1", percent + 1, i)).isFalse();
      }
    }
  }

  @Test
  void choosesOthersForAnotherDeployment() {
    long both =
        IntStream.range(0, 10_000)
            .filter(i -> include("lobby/1", 10, i) && include("lobby/2", 10, i))
            .count();
    assertThat(both).isBetween(50L, 170L);
  }
}
