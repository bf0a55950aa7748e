package io.edgewright.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphText;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private final Random random = new Random(7);

  @Test
  void convolutionAgreesWithTheFormula() {
    Window window =
        new Window(List.of(3, 2), List.of(2, 1), List.of(1, 2), List.of(1, 0), List.of(2, 3));
    Op op = new Op.Convolution(window, 2, Expression.identity());
    Tensor x = random(2, 4, 9, 50);
    Tensor w = random(6, 2, 3, 2);
    Tensor bias = random(6);
    Tensor y = Interpreter.run(op, List.of(x, w, bias)).getFirst();
    assertThat(y.shape()).isEqualTo(Shape.of(2, 6, 5, 51));
    for (int n = 0; n < 2; n++) {
      for (int m = 0; m < 6; m++) {
        for (int p = 0; p < 5 * 51; p++) {
          double sum = bias.getDouble(m) + windowSum(x, w, n, m, p / 51, p % 51);
          assertThat(y.getDouble((n * 6 + m) * 5 * 51 + p)).isCloseTo(sum, within(1e-6));
        }
      }
    }
  }

  private static double windowSum(Tensor x, Tensor w, int n, int m, int row, int column) {
    double sum = 0;
    for (int c = 0; c < 2; c++) {
      for (int k = 0; k < 6; k++) {
        int y = row * 2 + k / 2 - 1;
        int z = column + k % 2 * 2;
        if (y >= 0 && y < 9 && z < 50) {
          int channel = m / 3 * 2 + c;
          sum +=
              x.getDouble(((n * 4 + channel) * 9 + y) * 50 + z) * w.getDouble((m * 2 + c) * 6 + k);
        }
      }
    }
    return sum;
  }

  @Test
  void matrixProductOfManyRowsAgreesWithTheFormula() {
    Tensor a = random(3, 7, 130);
    Tensor b = random(130, 600);
    Op op = new Op.MatrixMultiply(Expression.identity());
    Tensor c = Interpreter.run(op, List.of(a, b)).getFirst();
    for (int row = 0; row < 21; row++) {
      for (int column = 0; column < 600; column += 37) {
        double sum = 0;
        for (int k = 0; k < 130; k++) {
          sum += a.getDouble(row * 130 + k) * b.getDouble(k * 600 + column);
        }
        assertThat(c.getDouble(row * 600 + column)).isCloseTo(sum, within(1e-5));
      }
    }
  }

  @Test
  void floatsAreNotRoundedBetweenNodes() {
    String text =
        """
        input x: float32[1]
        node add: a = Map(expression=ADD($0, float32:1.0)) (x)
        node back: b = Map(expression=SUBTRACT($0, float32:1.0)) (a)
        node cast: c = Map(expression=SUBTRACT(float32($0), float32:1.0)) (a)
        output b
        output c
        """;
    Tensor tiny = Tensor.ofFloats(Shape.of(1), 0x1p-40f);
    List<Tensor> outputs = Interpreter.run(GraphText.parse(text), List.of(tiny));
    assertThat(outputs.getFirst()).isEqualTo(tiny);
    assertThat(outputs.getLast()).isEqualTo(Tensor.ofFloats(Shape.of(1), 0));
  }

  @Test
  void everyFunctionHasAMeaningForEveryTypeThatItAccepts() {
    for (ScalarFunction function : ScalarFunction.values()) {
      int meanings = 0;
      for (ElementType type : ElementType.values()) {
        List<Tensor> inputs = new ArrayList<>();
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < function.arity(); i++) {
          boolean condition = function == ScalarFunction.SELECT && i == 0;
          ElementType element = condition ? ElementType.BOOL : type;
          inputs.add(Tensor.ofDoubles(element, Shape.of(3), 0, 1, 5));
          arguments.add(new Expression.Input(i));
        }
        Op op = new Op.Map(new Expression.Apply(function, arguments));
        try {
          assertThat(Interpreter.run(op, inputs)).hasSize(1);
          meanings++;
        } catch (OperandException notAccepted) {
          assertThat(notAccepted).hasMessageContaining(function.name());
        }
      }
      assertThat(meanings).as(function.name()).isPositive();
    }
  }

  @Test
  void integersWrapAsTheirTypesDo() {
    assertThat(whole(ScalarFunction.ADD, ElementType.UINT8, 250, 10)).isEqualTo(4);
    assertThat(whole(ScalarFunction.MULTIPLY, ElementType.INT32, 1 << 20, 1 << 20)).isZero();
    assertThat(whole(ScalarFunction.DIVIDE, ElementType.INT64, -7, 2)).isEqualTo(-3);
    assertThat(whole(ScalarFunction.MODULO, ElementType.INT64, -7, 2)).isEqualTo(1);
    assertThat(whole(ScalarFunction.REMAINDER, ElementType.INT64, -7, 2)).isEqualTo(-1);
    assertThat(whole(ScalarFunction.DIVIDE, ElementType.UINT64, -2, 2)).isEqualTo(Long.MAX_VALUE);
    assertThat(whole(ScalarFunction.DIVIDE, ElementType.INT32, 5, 0)).isZero();
    assertThat(whole(ScalarFunction.POWER, ElementType.INT64, -3, 3)).isEqualTo(-27);
    assertThat(whole(ScalarFunction.SHIFT_RIGHT, ElementType.UINT8, 200, 3)).isEqualTo(25);
    assertThat(whole(ScalarFunction.MAXIMUM, ElementType.UINT64, -1, 5)).isEqualTo(-1);
  }

  private static long whole(ScalarFunction function, ElementType type, long left, long right) {
    Op op =
        new Op.Map(Expression.apply(function, new Expression.Input(0), new Expression.Input(1)));
    return Interpreter.run(
            op,
            List.of(
                Tensor.ofIntegers(type, Shape.SCALAR, left),
                Tensor.ofIntegers(type, Shape.SCALAR, right)))
        .getFirst()
        .getLong(0);
  }

  @Test
  void errorFunctionIsExactToDoublePrecision() {
    // Abramowitz and Stegun, table 7.1, and the digits of DLMF 7.23
    assertThat(erf(0.5)).isCloseTo(0.5204998778130465, within(1e-15));
    assertThat(erf(-1.0)).isCloseTo(-0.8427007929497149, within(1e-15));
    assertThat(erf(2.0)).isCloseTo(0.9953222650189527, within(1e-15));
    assertThat(erf(3.0)).isCloseTo(0.9999779095030014, within(1e-15));
    assertThat(erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
  }

  private static double erf(double x) {
    Op op = new Op.Map(Expression.apply(ScalarFunction.ERF, Expression.identity()));
    Tensor tensor = Tensor.ofDoubles(ElementType.FLOAT64, Shape.SCALAR, x);
    return Interpreter.run(op, List.of(tensor)).getFirst().getDouble(0);
  }

  private Tensor random(long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.ofFloats(shape, values);
  }
}
