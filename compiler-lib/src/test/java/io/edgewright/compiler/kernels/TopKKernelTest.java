package io.edgewright.compiler.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopKKernelTest {
  private final Random random = new Random(9);

  @ParameterizedTest
  @MethodSource("targets")
  void sortsFloatsWithTheirIndices(String target) {
    KernelProgram program = KernelProgram.of(target);
    float[] odd = {Float.NaN, -0f, 0f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1};
    for (int round = 0; round < 60; round++) {
      int extent = 1 + random.nextInt(60);
      int lines = 1 + random.nextInt(3);
      float[] values = new float[extent * lines];
      for (int i = 0; i < values.length; i++) {
        int kind = random.nextInt(20);
        values[i] = kind < odd.length ? odd[kind] : random.nextInt(10) - 5;
      }
      check(program, KernelProgram.TOP_K_FLOAT, Tensor.ofFloats(Shape.of(extent, lines), values));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void sortsWholeNumbersThatFloatsCannotHold(String target) {
    KernelProgram program = KernelProgram.of(target);
    for (int round = 0; round < 20; round++) {
      int extent = 1 + random.nextInt(60);
      long[] values = random.longs(extent, Long.MAX_VALUE - 20, Long.MAX_VALUE).toArray();
      check(program, KernelProgram.TOP_K_INT64, Tensor.ofLongs(Shape.of(extent, 1), values));
    }
  }

  private void check(KernelProgram program, int kernel, Tensor input) {
    long extent = input.shape().extent(0);
    long lines = input.shape().extent(1);
    long count = 1 + random.nextLong(extent);
    boolean largest = random.nextBoolean();
    List<Tensor> expected = Interpreter.run(new Op.TopK(0, count, largest), List.of(input));
    ByteBuffer out =
        program.run(kernel, List.of(extent, count, lines, largest ? 1L : 0L), List.of(input));
    for (int i = 0; i < count * lines; i++) {
      if (kernel == KernelProgram.TOP_K_FLOAT) {
        assertThat(Double.compare(out.getFloat() + 0.0, expected.get(0).getDouble(i) + 0.0))
            .isZero();
      } else {
        assertThat(out.getLong()).isEqualTo(expected.get(0).getLong(i));
      }
    }
    for (int i = 0; i < count * lines; i++) {
      assertThat(out.getLong()).isEqualTo(expected.get(1).getLong(i));
    }
  }

  static List<String> targets() {
    return KernelProgram.targets();
  }
}
