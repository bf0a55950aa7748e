package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.VectorType;
import java.util.List;
import java.util.function.BinaryOperator;

/// Winograd's minimal filtering F(m,3): `m` neighbouring outputs of a filter with three taps from
/// `m
/// + 2` inputs with `m + 2` multiplications instead of `3 m`.
///
/// `y = A^T ((G g) * (B^T d))`, with `*` element by element; in two dimensions each transformation
/// is applied to rows and to columns. F(4,3) does with a quarter of the multiplications of a 3x3
/// filter, F(2,3) with four ninths.
///
/// The first and the last input of `m + 2` each occur in one sum of B^T only. Their factors there
/// are given by the caller: 0 where the input lies outside of the picture.
enum Winograd {
  F2(
      2,
      new double[][] {
        {1, 0, 0},
        {1 / 2.0, 1 / 2.0, 1 / 2.0},
        {1 / 2.0, -1 / 2.0, 1 / 2.0},
        {0, 0, 1}
      }),
  F4(
      4,
      new double[][] {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1}
      });

  static final int TAPS = 3;

  /// The place whose product goes into every output with factor 1, and so takes the bias.
  static final int PLACE_OF_BIAS = 1;

  private final int outputs;

  @SuppressWarnings("ImmutableEnumChecker") // never changed, never handed out
  private final double[][] weightTransform;

  Winograd(int outputs, double[][] weightTransform) {
    this.outputs = outputs;
    this.weightTransform = weightTransform;
  }

  /// Outputs along one axis of a tile.
  int outputs() {
    return outputs;
  }

  /// Inputs along one axis of a tile; also the places along one axis where products are made.
  int inputs() {
    return outputs + TAPS - 1;
  }

  /// Products of a tile for each pair of channels.
  int places() {
    return inputs() * inputs();
  }

  /// The factor of the first input in the sum that it occurs in, where it is inside the picture.
  double firstFactor() {
    return this == F4 ? 4 : 1;
  }

  /// `G g G^T` at one place.
  ///
  /// @param weights of a 3x3 filter, row by row
  double transformedWeight(double[] weights, int row, int column) {
    double sum = 0;
    for (int ky = 0; ky < TAPS; ky++) {
      for (int kx = 0; kx < TAPS; kx++) {
        sum += weightTransform[row][ky] * weightTransform[column][kx] * weights[ky * TAPS + kx];
      }
    }
    return sum;
  }

  /// `B^T d`.
  ///
  /// @param first factor of the first input
  /// @param last factor of the last input, 1 inside the picture
  List<Expr> transformInput(LoopBuilder builder, List<Expr> d, Expr first, Expr last) {
    Terms terms = new Terms(builder);
    return switch (this) {
      case F2 ->
          List.of(
              terms.plus(Expr.multiply(first, d.get(0)), -1, d.get(2)),
              terms.plus(d.get(1), 1, d.get(2)),
              terms.plus(d.get(2), -1, d.get(1)),
              terms.plus(Expr.multiply(last, d.get(3)), -1, d.get(1)));
      case F4 -> {
        Expr even = terms.plus(d.get(4), -4, d.get(2));
        Expr odd = terms.plus(d.get(3), -4, d.get(1));
        Expr evenHalf = terms.plus(d.get(4), -1, d.get(2));
        Expr oddHalf = terms.plus(d.get(3), -1, d.get(1));
        yield List.of(
            terms.plus(terms.plus(d.get(4), -5, d.get(2)), first, d.get(0)),
            terms.plus(even, 1, odd),
            terms.plus(even, -1, odd),
            terms.plus(evenHalf, 2, oddHalf),
            terms.plus(evenHalf, -2, oddHalf),
            terms.plus(terms.plus(terms.times(4, d.get(1)), -5, d.get(3)), last, d.get(5)));
      }
    };
  }

  /// `A^T p`.
  List<Expr> transformOutput(LoopBuilder builder, List<Expr> p) {
    Terms terms = new Terms(builder);
    Expr sum = terms.plus(p.get(1), 1, p.get(2));
    Expr difference = terms.plus(p.get(1), -1, p.get(2));
    return switch (this) {
      case F2 -> List.of(terms.plus(p.get(0), 1, sum), terms.plus(difference, 1, p.get(3)));
      case F4 -> {
        Expr farSum = terms.plus(p.get(3), 1, p.get(4));
        Expr farDifference = terms.plus(p.get(3), -1, p.get(4));
        yield List.of(
            terms.plus(terms.plus(p.get(0), 1, sum), 1, farSum),
            terms.plus(difference, 2, farDifference),
            terms.plus(sum, 4, farSum),
            terms.plus(terms.plus(difference, 8, farDifference), 1, p.get(5)));
      }
    };
  }

  /// Sums with constant factors, each in a variable of its own.
  private record Terms(LoopBuilder builder) {
    Expr plus(Expr sum, double factor, Expr value) {
      if (factor == 1 || factor == -1) {
        BinaryOperator<Expr> operation = factor == 1 ? Expr::add : Terms::minus;
        return builder.let("t", operation.apply(sum, value));
      }
      return builder.let("t", Expr.add(sum, times(factor, value)));
    }

    Expr plus(Expr sum, Expr factor, Expr value) {
      return builder.let("t", Expr.add(sum, Expr.multiply(factor, value)));
    }

    Expr times(double factor, Expr value) {
      VectorType type = value.type();
      return Expr.multiply(new Expr.Constant(type, factor), value);
    }

    private static Expr minus(Expr left, Expr right) {
      return new Expr.Binary(Expr.Operator.SUBTRACT, left, right);
    }
  }
}
