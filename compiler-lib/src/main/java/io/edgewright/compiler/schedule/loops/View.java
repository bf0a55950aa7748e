package io.edgewright.compiler.schedule.loops;

import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a tensor lies in a buffer: element [i0, i1, ...] is at `offset + sum i * stride`, in
/// elements. Axes are in ONNX's order; the strides say what lies next to what. A stride of 0
/// repeats.
public record View(
    Buffer buffer, ElementType element, long offset, List<Long> extents, List<Long> strides) {
  public View {
    extents = List.copyOf(extents);
    strides = List.copyOf(strides);
    if (extents.size() != strides.size()) {
      throw new IllegalArgumentException("one stride for each extent");
    }
  }

  public static View rowMajor(Buffer buffer, ElementType element, Shape shape) {
    return new View(buffer, element, 0, boxed(shape.extents()), boxed(shape.rowMajorStrides()));
  }

  /// Dense, with the axes of `order` from the outermost to the innermost.
  public static View ordered(Buffer buffer, ElementType element, Shape shape, List<Integer> order) {
    long[] strides = new long[order.size()];
    long stride = 1;
    for (int axis : order.reversed()) {
      strides[axis] = stride;
      stride *= Math.max(shape.extent(axis), 1);
    }
    return new View(buffer, element, 0, boxed(shape.extents()), boxed(strides));
  }

  public int rank() {
    return extents.size();
  }

  public long extent(int axis) {
    return extents.get(axis);
  }

  public long stride(int axis) {
    return strides.get(axis);
  }

  public long elements() {
    return extents.stream().reduce(1L, (a, b) -> a * b);
  }

  public Shape shape() {
    return Shape.of(extents.stream().mapToLong(Long::longValue).toArray());
  }

  /// Whether every element lies at the same address in both.
  public boolean sameMemory(View other) {
    if (!buffer.equals(other.buffer) || offset != other.offset || !extents.equals(other.extents)) {
      return false;
    }
    for (int axis = 0; axis < rank(); axis++) {
      if (extent(axis) > 1 && stride(axis) != other.stride(axis)) {
        return false;
      }
    }
    return true;
  }

  /// Position of an element relative to the view's first.
  public Expr index(List<Expr> position) {
    Expr index = Expr.zero();
    for (int axis = 0; axis < rank(); axis++) {
      index = Expr.add(index, Expr.multiply(position.get(axis), stride(axis)));
    }
    return index;
  }

  public View transpose(List<Integer> order) {
    return new View(
        buffer,
        element,
        offset,
        order.stream().map(extents::get).toList(),
        order.stream().map(strides::get).toList());
  }

  /// The view whose transposition by `order` is this one.
  public View untranspose(List<Integer> order) {
    Integer[] inverse = new Integer[order.size()];
    for (int axis = 0; axis < inverse.length; axis++) {
      inverse[order.get(axis)] = axis;
    }
    return transpose(Arrays.asList(inverse));
  }

  /// Elements `starts + i * steps`, `count` of them along each axis.
  public View slice(List<Long> starts, List<Long> counts, List<Long> steps) {
    long moved = offset;
    List<Long> stretched = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      moved += starts.get(axis) * stride(axis);
      stretched.add(stride(axis) * steps.get(axis));
    }
    return new View(buffer, element, moved, counts, stretched);
  }

  /// The part along one axis.
  public View part(int axis, long start, long count) {
    List<Long> counts = new ArrayList<>(extents);
    counts.set(axis, count);
    return new View(buffer, element, offset + start * stride(axis), counts, strides);
  }

  /// The same memory as `shape`, broadcast from the right as numpy does.
  public View broadcast(Shape shape) {
    List<Long> stretched = new ArrayList<>();
    int missing = shape.rank() - rank();
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean repeats = axis < missing || extent(axis - missing) == 1;
      stretched.add(repeats ? 0L : stride(axis - missing));
    }
    return new View(buffer, element, offset, boxed(shape.extents()), stretched);
  }

  /// The same elements in the same row-major order under another shape, where strides can say that.
  public Optional<View> reshape(Shape shape) {
    if (elements() == 0) {
      return Optional.of(
          new View(
              buffer, element, offset, boxed(shape.extents()), boxed(shape.rowMajorStrides())));
    }
    List<long[]> runs = runs();
    long[] strides = new long[shape.rank()];
    int run = runs.size() - 1;
    long left = run < 0 ? 1 : runs.get(run)[0];
    long stride = run < 0 ? 1 : runs.get(run)[1];
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long extent = shape.extent(axis);
      if (extent == 1) {
        strides[axis] = stride;
        continue;
      }
      if (left == 1) {
        run--;
        left = runs.get(run)[0];
        stride = runs.get(run)[1];
      }
      if (left % extent != 0) {
        return Optional.empty();
      }
      strides[axis] = stride;
      left /= extent;
      stride *= extent;
    }
    return Optional.of(new View(buffer, element, offset, boxed(shape.extents()), boxed(strides)));
  }

  /// Axes merged where one step of the outer equals a full walk of the inner: extent and stride
  /// each, outermost first, axes of extent 1 left out.
  private List<long[]> runs() {
    List<long[]> runs = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      if (extent(axis) == 1) {
        continue;
      }
      if (!runs.isEmpty() && runs.getLast()[1] == extent(axis) * stride(axis)) {
        runs.getLast()[0] *= extent(axis);
        runs.getLast()[1] = stride(axis);
      } else {
        runs.add(new long[] {extent(axis), stride(axis)});
      }
    }
    return runs;
  }

  private static List<Long> boxed(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
