package io.edgewright.compiler.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
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
  /// @throws RunTimeExtentException when only a run knows it
  public long extent(int axis) {
    return switch (dimensions.get(axis)) {
      case Dimension.Fixed(long extent) -> extent;
      case Dimension.Bounded(Count count) -> throw new RunTimeExtentException(count);
      case Dimension.Symbol(String name) ->
          throw new IllegalStateException("dimension `" + name + "` has no number yet");
    };
  }

  /// The same shape with the most elements that every axis can have: what memory is planned for.
  public Shape atCapacity() {
    return new Shape(
        dimensions.stream()
            .map(dimension ->
                dimension instanceof Dimension.Bounded bounded
                    ? Dimension.of(bounded.capacity())
                    : dimension)
            .toList());
  }

  /// Whether every axis has a number or at least a most.
  public boolean hasCapacity() {
    return dimensions.stream().noneMatch(Dimension.Symbol.class::isInstance);
  }

  /// All elements along one axis.
  public Shape flat() {
    Count all = dimensions.stream().map(Dimension::count).reduce(Count.of(1), Count::times);
    return new Shape(List.of(Dimension.of(all)));
  }

  /// Whether a tensor without gaps lies as one with room for every axis at its most: only its
  /// outermost axis may have more room than elements.
  public boolean isDenseAtCapacity() {
    return keepsPlacesAs(flat());
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

  /// Whether element number n of this shape lies at the same place as element number n of another,
  /// when both are laid out in row-major order at capacity. Where all extents are numbers that is
  /// always so. Else the axes must fall into groups of as many elements, in which only the
  /// outermost axis may have more room than elements.
  public boolean keepsPlacesAs(Shape other) {
    Deque<Dimension> left = new ArrayDeque<>(dimensions);
    Deque<Dimension> right = new ArrayDeque<>(other.dimensions);
    while (!left.isEmpty() || !right.isEmpty()) {
      Count here = takeFixed(left);
      Count there = takeFixed(right);
      Count leftGroup = left.isEmpty() ? here : here.times(left.removeLast().count());
      Count rightGroup = right.isEmpty() ? there : there.times(right.removeLast().count());
      if (!leftGroup.equals(rightGroup)) {
        return false;
      }
    }
    return true;
  }

  /// Takes the axes behind the last one that is known only at run time.
  private static Count takeFixed(Deque<Dimension> dimensions) {
    Count product = Count.of(1);
    while (!dimensions.isEmpty() && dimensions.getLast() instanceof Dimension.Fixed fixed) {
      product = product.times(fixed.count());
      dimensions.removeLast();
    }
    return product;
  }

  /// The same shape with another extent at one axis.
  public Shape with(int axis, long extent) {
    return with(axis, Dimension.of(extent));
  }

  /// The same shape with another dimension at one axis.
  public Shape with(int axis, Dimension dimension) {
    List<Dimension> changed = new ArrayList<>(dimensions);
    changed.set(axis, dimension);
    return new Shape(changed);
  }

  /// The same shape with symbols replaced by what `bindings` says of them.
  public Shape bind(Map<String, Dimension> bindings) {
    return new Shape(
        dimensions.stream()
            .map(dimension ->
                dimension instanceof Dimension.Symbol(String name)
                    ? bindings.getOrDefault(name, dimension)
                    : dimension)
            .toList());
  }

  /// The same shape in one run.
  ///
  /// @param numbers those that only the run knows, by name
  public Shape in(Map<String, Long> numbers) {
    return new Shape(
        dimensions.stream()
            .map(dimension ->
                dimension instanceof Dimension.Bounded(Count count)
                    ? count.of(numbers).<Dimension>map(Dimension::of).orElse(dimension)
                    : dimension)
            .toList());
  }

  @Override
  public String toString() {
    return dimensions.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
