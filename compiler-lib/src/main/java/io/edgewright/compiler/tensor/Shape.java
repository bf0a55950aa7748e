package io.edgewright.compiler.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Extents of a tensor, outermost first, in the order that ONNX names them ([N, C, H, W] for
/// pictures, whatever the memory layout is). A scalar has rank 0.
public record Shape(List<Dimension> dimensions) {
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dimensions = List.copyOf(dimensions);
  }

  public static Shape of(long... extents) {
    return new Shape(Arrays.stream(extents).mapToObj(Dimension::of).toList());
  }

  public int rank() {
    return dimensions.size();
  }

  /// Whether every extent is a number.
  public boolean isFixed() {
    return dimensions.stream().allMatch(Dimension.Fixed.class::isInstance);
  }

  /// The extent at an axis.
  ///
  /// @throws IllegalStateException when it is a symbol
  public long extent(int axis) {
    return switch (dimensions.get(axis)) {
      case Dimension.Fixed(long extent) -> extent;
      case Dimension.Symbol(String name) ->
          throw new IllegalStateException("dimension `" + name + "` has no number yet");
    };
  }

  /// All extents as numbers.
  ///
  /// @throws IllegalStateException when one is a symbol
  public long[] extents() {
    long[] extents = new long[rank()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = extent(axis);
    }
    return extents;
  }

  /// Number of elements, in exact arithmetic.
  ///
  /// @throws ArithmeticException when it does not fit 63 bits
  /// @throws IllegalStateException when an extent is a symbol
  public long elements() {
    long elements = 1;
    boolean empty = false;
    for (long extent : extents()) {
      empty |= extent == 0;
      elements = Math.multiplyExact(elements, Math.max(extent, 1));
    }
    return empty ? 0 : elements;
  }

  /// Elements from one element of an axis to the next in row-major order, per axis.
  public long[] rowMajorStrides() {
    long[] strides = new long[rank()];
    long stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = Math.multiplyExact(stride, Math.max(extent(axis), 1));
    }
    return strides;
  }

  /// The same shape with another extent at one axis.
  public Shape with(int axis, long extent) {
    List<Dimension> changed = new ArrayList<>(dimensions);
    changed.set(axis, Dimension.of(extent));
    return new Shape(changed);
  }

  /// The same shape with the symbols of `bindings` replaced by their numbers.
  public Shape bind(Map<String, Long> bindings) {
    return new Shape(
        dimensions.stream()
            .map(dimension ->
                dimension instanceof Dimension.Symbol(String name) && bindings.containsKey(name)
                    ? Dimension.of(bindings.get(name))
                    : dimension)
            .toList());
  }

  @Override
  public String toString() {
    return dimensions.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
