package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class WeightsBuilderTest {
  private final WeightsBuilder weights = new WeightsBuilder();

  @Test
  void storesTheSameOnceWhoeverPacksIt() {
    Buffer constant = weights.add(Tensor.ofFloats(Shape.of(2, 1), 1, 2));
    assertThat(weights.add(new float[] {1, 2})).isEqualTo(constant);
    assertThat(weights.add(new float[] {2, 1})).isNotEqualTo(constant);
    assertThat(weights.content().remaining()).isEqualTo(2 * 64);
  }

  @Test
  void keepsEachWhereItsBufferSays() {
    weights.add(new float[17]);
    Buffer words = weights.add(new int[] {7, 8});
    ByteBuffer content = weights.content().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(words.slot()).isEqualTo(128);
    assertThat(content.getInt(words.slot())).isEqualTo(7);
    assertThat(content.getInt(words.slot() + Integer.BYTES)).isEqualTo(8);
  }
}
