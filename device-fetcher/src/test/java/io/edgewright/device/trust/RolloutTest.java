package io.edgewright.device.trust;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {
  /** The same places are in the tests of the service: they must agree on them for ever. */
  @ParameterizedTest
  @CsvSource({"lobby/1, 24", "lobby/2, 26"})
  void findsThePlacesOfTheContract(String deployment, int place) {
    String device = "zhDWoMDfXnxhDdxqBTdGMYFLT3LYHWGNG3Ez3kEIYmU";

    for (int percent = 1; percent <= 100; percent++) {
      assertThat(new Rollout(deployment, percent).includes(device)).isEqualTo(place < percent);
    }
  }
}
