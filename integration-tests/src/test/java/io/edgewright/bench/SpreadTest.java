package io.edgewright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void findsMedianAndQuartilesWhateverTheOrder() {
    Spread spread = Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0));

    assertThat(spread).isEqualTo(new Spread(1, 2, 3, 4, 5));
  }

  @Test
  void liesBetweenTwoMeasurementsInProportion() {
    Spread spread = Spread.of(List.of(1.0, 2.0));

    assertThat(spread.median()).isEqualTo(1.5);
    assertThat(spread.lowerQuartile()).isEqualTo(1.25);
    assertThat(spread.upperQuartile()).isEqualTo(1.75);
  }

  @Test
  void refusesNoMeasurement() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("no measurement");
  }

  @Test
  void geometricMeanTreatsTwiceAndHalfAlike() {
    assertThat(Spread.geometricMean(List.of(2.0, 0.5))).isCloseTo(1, within(1e-12));
    assertThat(Spread.geometricMean(List.of(1.0, 2.0, 4.0))).isCloseTo(2, within(1e-12));
    assertThat(Spread.geometricMean(List.of())).isNaN();
  }
}
