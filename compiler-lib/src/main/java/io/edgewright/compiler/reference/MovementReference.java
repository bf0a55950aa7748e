package io.edgewright.compiler.reference;

import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// Moves of elements that depend on more than one tensor.
final class MovementReference {
  private MovementReference() {}

  static Numbers concat(int axis, List<Numbers> inputs, TensorType type) {
    Numbers output = Numbers.allocate(type);
    int inner = Math.toIntExact(type.shape().rowMajorStrides()[axis]);
    int row = Math.toIntExact(type.shape().extent(axis)) * inner;
    int from = 0;
    for (Numbers input : inputs) {
      int length = Math.toIntExact(input.shape().extent(axis)) * inner;
      for (int block = 0; length > 0 && block < input.size() / length; block++) {
        System.arraycopy(
            elements(input), block * length, elements(output), block * row + from, length);
      }
      from += length;
    }
    return output;
  }

  private static Object elements(Numbers numbers) {
    return switch (numbers) {
      case Numbers.Reals(TensorType _, double[] values) -> values;
      case Wholes(TensorType _, long[] values) -> values;
    };
  }

  /// [axes, found]
  static Numbers nonZero(Numbers x) {
    double[] values = x.toDoubles();
    int[] found = IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
    long[] strides = x.shape().rowMajorStrides();
    long[] indices = new long[strides.length * found.length];
    for (int axis = 0; axis < strides.length; axis++) {
      for (int i = 0; i < found.length; i++) {
        indices[axis * found.length + i] = found[i] / strides[axis] % x.shape().extent(axis);
      }
    }
    return new Wholes(
        new TensorType(ElementType.INT64, Shape.of(strides.length, found.length)), indices);
  }

  /// Negative indices count from the end; an index outside the axis gives zero.
  static Numbers gather(int axis, Numbers data, Numbers indices, Shape shape) {
    long extent = data.shape().extent(axis);
    int inner = Math.toIntExact(data.shape().rowMajorStrides()[axis]);
    long[] wanted = ((Wholes) indices).values();
    int outer = data.size() / Math.max(1, Math.toIntExact(extent * inner));
    int[] along = Positions.table(wanted.length, inner, i -> fromFront(wanted[i], extent));
    int[] sources =
        Positions.of(
            List.of(
                Positions.table(outer, extent * inner, i -> i),
                along,
                Positions.table(inner, 1, i -> i)));
    return data.pick(shape, sources, 0);
  }

  private static int fromFront(long index, long extent) {
    long counted = index < 0 ? index + extent : index;
    return counted >= 0 && counted < extent ? (int) counted : -1;
  }
}
