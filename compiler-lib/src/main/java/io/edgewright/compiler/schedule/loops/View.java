package io.edgewright.compiler.schedule.loops;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a tensor lies in a buffer: element [i0, i1, ...] is at `offset + sum i * stride`, in
/// elements. Axes are in ONNX's order; the strides say what lies next to what. A stride of 0
/// repeats.
///
/// @param shape where an extent is known only at run time, the memory has room for its capacity,
///   and loops that may not go further ask for its count
public record View(
    Buffer buffer, ElementType element, long offset, Shape shape, List<Long> strides) {
  public View {
    strides = List.copyOf(strides);
    if (shape.rank() != strides.size()) {
      throw new IllegalArgumentException("one stride for each extent");
    }
  }

  public View(
      Buffer buffer, ElementType element, long offset, List<Long> extents, List<Long> strides) {
    this(buffer, element, offset, fixed(extents), strides);
  }

  public static View rowMajor(Buffer buffer, ElementType element, Shape shape) {
    return new View(buffer, element, 0, shape, rowMajorStrides(shape));
  }

  private static List<Long> rowMajorStrides(Shape shape) {
    return boxed(shape.atCapacity().rowMajorStrides());
  }

  private static Shape fixed(List<Long> extents) {
    return Shape.of(extents.stream().mapToLong(Long::longValue).toArray());
  }

  /// Dense, with the axes of `order` from the outermost to the innermost.
  public static View ordered(Buffer buffer, ElementType element, Shape shape, List<Integer> order) {
    long[] strides = new long[order.size()];
    long stride = 1;
    for (int axis : order.reversed()) {
      strides[axis] = stride;
      stride *= Math.max(shape.atCapacity().extent(axis), 1);
    }
    return new View(buffer, element, 0, shape, boxed(strides));
  }

  public int rank() {
    return shape.rank();
  }

  /// At capacity.
  public List<Long> extents() {
    return boxed(shape.atCapacity().extents());
  }

  /// Elements that memory is there for.
  public long extent(int axis) {
    return dimension(axis) instanceof Dimension.Bounded bounded
        ? bounded.capacity()
        : shape.extent(axis);
  }

  public Dimension dimension(int axis) {
    return shape.dimensions().get(axis);
  }

  /// How many elements there are, which may be known only at run time.
  public Expr count(int axis) {
    return Expr.count(dimension(axis));
  }

  public long stride(int axis) {
    return strides.get(axis);
  }

  /// At capacity.
  public long elements() {
    return shape.atCapacity().elements();
  }

  /// Whether every element lies at the same address in both.
  public boolean sameMemory(View other) {
    if (!buffer.equals(other.buffer) || offset != other.offset || !shape.equals(other.shape)) {
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
        new Shape(order.stream().map(shape.dimensions()::get).toList()),
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

  /// Elements `starts + i * steps`, as many along each axis as `taken` says.
  public View slice(List<Long> starts, Shape taken, List<Long> steps) {
    long moved = offset;
    List<Long> stretched = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      moved += starts.get(axis) * stride(axis);
      stretched.add(stride(axis) * steps.get(axis));
    }
    return new View(buffer, element, moved, taken, stretched);
  }

  /// The part along one axis.
  public View part(int axis, long start, long count) {
    long moved = offset + start * stride(axis);
    return new View(buffer, element, moved, shape.with(axis, count), strides);
  }

  /// The same memory as `whole`, broadcast from the right as numpy does.
  public View broadcast(Shape whole) {
    List<Long> stretched = new ArrayList<>();
    int missing = whole.rank() - rank();
    for (int axis = 0; axis < whole.rank(); axis++) {
      boolean repeats = axis < missing || dimension(axis - missing).equals(Dimension.of(1));
      stretched.add(repeats ? 0L : stride(axis - missing));
    }
    return new View(buffer, element, offset, whole, stretched);
  }

  /// The same elements in the same row-major order under another shape, where strides can say that.
  public Optional<View> reshape(Shape wanted) {
    if (!shape.keepsPlacesAs(wanted)) {
      return Optional.empty();
    }
    if (elements() == 0) {
      return Optional.of(new View(buffer, element, offset, wanted, rowMajorStrides(wanted)));
    }
    Shape whole = wanted.atCapacity();
    List<long[]> runs = runs();
    long[] changed = new long[whole.rank()];
    int run = runs.size() - 1;
    long left = run < 0 ? 1 : runs.get(run)[0];
    long stride = run < 0 ? 1 : runs.get(run)[1];
    for (int axis = whole.rank() - 1; axis >= 0; axis--) {
      long extent = whole.extent(axis);
      if (extent == 1) {
        changed[axis] = stride;
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
      changed[axis] = stride;
      left /= extent;
      stride *= extent;
    }
    return Optional.of(new View(buffer, element, offset, wanted, boxed(changed)));
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
