package io.edgewright.compiler.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Count N = Count.named("n", 1, 8);
  private static final Count M = Count.named("m", 1, 5);

  @Test
  void keepsPlacesWhereOnlyTheOutermostAxisOfAGroupIsShorterThanItsRoom() {
    assertThat(shape(N, 16, 3).keepsPlacesAs(shape(N.times(Count.of(16)), 3))).isTrue();
    assertThat(shape(N, M, 24).keepsPlacesAs(shape(N, M, 4, 6))).isTrue();
    assertThat(shape(1, N, 1).keepsPlacesAs(shape(N))).isTrue();
    assertThat(shape(4, N, 6).keepsPlacesAs(shape(2, 2, N, 2, 3))).isTrue();
    assertThat(shape(2, 6).keepsPlacesAs(shape(3, 4))).isTrue();
  }

  @Test
  void movesElementsWhereRowsAreShorterThanTheirRoom() {
    assertThat(shape(N, M).keepsPlacesAs(shape(N.times(M)))).isFalse();
    assertThat(shape(3, N).keepsPlacesAs(shape(N.times(Count.of(3))))).isFalse();
    assertThat(shape(N, M).keepsPlacesAs(shape(M, N))).isFalse();
    assertThat(shape(3, N).isDenseAtCapacity()).isFalse();
    assertThat(shape(1, N, 3).isDenseAtCapacity()).isTrue();
  }

  @Test
  void refusesANumberForWhatOnlyARunKnows() {
    Shape shape = shape(N, 3);
    assertThatThrownBy(() -> shape.extent(0))
        .isInstanceOf(RunTimeExtentException.class)
        .hasMessageContaining("`n`");
    assertThat(shape.atCapacity()).isEqualTo(Shape.of(8, 3));
    assertThat(shape.in(Map.of("n", 2L))).isEqualTo(Shape.of(2, 3));
  }

  /// Numbers and counts.
  private static Shape shape(Object... extents) {
    return new Shape(
        Arrays.stream(extents)
            .map(extent ->
                extent instanceof Count count
                    ? Dimension.of(count)
                    : Dimension.of(((Number) extent).longValue()))
            .toList());
  }
}
