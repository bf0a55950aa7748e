package io.edgewright.compiler.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountTest {
  private static final Count BATCH = Count.named("batch", 1, 8);
  private static final Count LENGTH = Count.named("length", 0, 100);

  @Test
  void equalSumsAreEqualWhateverTheirOrder() {
    Count one = BATCH.plus(LENGTH).times(Count.of(2)).plus(Count.of(3));
    Count other = Count.of(3).plus(LENGTH.times(Count.of(2))).plus(BATCH).plus(BATCH);
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(BATCH.times(LENGTH)).isEqualTo(LENGTH.times(BATCH));
    assertThat(BATCH.minus(BATCH).number()).contains(0L);
  }

  @Test
  void knowsWhatItCanBeAtMostAndAtLeast() {
    Count count = BATCH.times(LENGTH).times(Count.of(3)).minus(BATCH);
    assertThat(count.maximum()).isEqualTo(3 * 8 * 100 - 1);
    assertThat(count.minimum()).isEqualTo(-8);
    assertThat(count.of(Map.of("batch", 2L, "length", 5L))).contains(28L);
    assertThat(count.of(Map.of("batch", 2L))).isEmpty();
  }

  @Test
  void dividesOnlyWithoutARest() {
    Count count = BATCH.times(LENGTH).times(Count.of(12));
    assertThat(count.dividedBy(BATCH.times(Count.of(4)))).contains(LENGTH.times(Count.of(3)));
    assertThat(count.dividedBy(Count.of(5))).isEmpty();
    assertThat(count.dividedBy(Count.of(0))).isEmpty();
    assertThat(BATCH.dividedBy(LENGTH)).isEmpty();
    assertThat(BATCH.plus(LENGTH).dividedBy(BATCH.plus(LENGTH))).contains(Count.of(1));
  }

  @Test
  void isWrittenAsAFormula() {
    assertThat(BATCH.times(LENGTH).times(Count.of(2)).plus(Count.of(1)))
        .hasToString("2*batch*length+1");
    assertThat(Dimension.of(BATCH)).hasToString("batch<=8");
  }
}
