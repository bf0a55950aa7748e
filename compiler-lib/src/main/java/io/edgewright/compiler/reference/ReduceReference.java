package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Numbers.Reals;
import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;

/// Sums, means, products and extremes over axes. Elements are visited in row-major order.
final class ReduceReference {
  private ReduceReference() {}

  static Numbers run(Op.Reduce op, Numbers x, TensorType type) {
    int[] targets = targets(op, x.shape(), type.shape());
    Numbers output = Numbers.allocate(type);
    long count = output.size() == 0 ? 0 : x.size() / output.size();
    switch (output) {
      case Reals(TensorType _, double[] sums) ->
          reals(op.kind(), ((Reals) x).values(), targets, sums, count);
      case Wholes(TensorType _, long[] sums) -> wholes(op.kind(), (Wholes) x, targets, sums, count);
    }
    return output;
  }

  private static int[] targets(Op.Reduce op, Shape input, Shape output) {
    return Positions.perAxis(output, input, (axis, i) -> op.axes().contains(axis) ? 0 : i);
  }

  private static void reals(
      Op.ReduceKind kind, double[] input, int[] targets, double[] sums, long count) {
    Arrays.fill(
        sums,
        switch (kind) {
          case SUM, MEAN -> 0;
          case PRODUCT -> 1;
          case MINIMUM -> Double.POSITIVE_INFINITY;
          case MAXIMUM -> Double.NEGATIVE_INFINITY;
        });
    for (int i = 0; i < input.length; i++) {
      int target = targets[i];
      sums[target] =
          switch (kind) {
            case SUM, MEAN -> sums[target] + input[i];
            case PRODUCT -> sums[target] * input[i];
            case MINIMUM -> Math.min(sums[target], input[i]);
            case MAXIMUM -> Math.max(sums[target], input[i]);
          };
    }
    if (kind == Op.ReduceKind.MEAN) {
      Arrays.setAll(sums, i -> sums[i] / count);
    }
  }

  private static void wholes(
      Op.ReduceKind kind, Wholes input, int[] targets, long[] sums, long count) {
    ElementType type = input.element();
    Arrays.fill(
        sums,
        switch (kind) {
          case SUM, MEAN -> 0;
          case PRODUCT -> 1;
          case MINIMUM -> largest(type);
          case MAXIMUM -> smallest(type);
        });
    for (int i = 0; i < input.size(); i++) {
      long value = input.values()[i];
      long sum = sums[targets[i]];
      sums[targets[i]] =
          switch (kind) {
            case SUM, MEAN -> sum + value;
            case PRODUCT -> sum * value;
            case MINIMUM -> WholeFunctions.compare(type, value, sum) < 0 ? value : sum;
            case MAXIMUM -> WholeFunctions.compare(type, value, sum) > 0 ? value : sum;
          };
    }
    boolean mean = kind == Op.ReduceKind.MEAN && count > 0;
    Arrays.setAll(sums, i -> WholeFunctions.wrap(type, mean ? sums[i] / count : sums[i]));
  }

  private static long smallest(ElementType type) {
    return type.kind() == ElementType.Kind.SIGNED ? -1L << (8 * type.bytes() - 1) : 0;
  }

  private static long largest(ElementType type) {
    return switch (type.kind()) {
      case SIGNED -> ~smallest(type);
      case UNSIGNED -> WholeFunctions.wrap(type, -1);
      case BOOLEAN, FLOAT -> 1;
    };
  }
}
