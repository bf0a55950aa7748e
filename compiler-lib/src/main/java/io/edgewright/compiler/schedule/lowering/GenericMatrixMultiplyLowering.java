package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Matrix products with leading axes, matrices made at run time, and any element type. `out[..., m,
/// n] = epilogue(sum_k a[..., m, k] * b[..., k, n])`
///
/// A tile is four rows times some vectors of columns; where there is one column, or few rows times
/// the transpose of a matrix as it lies, lanes run along the sum instead.
final class GenericMatrixMultiplyLowering {
  private static final int TILE_ROWS = 4;

  /// From this many rows on it pays to copy a transposed matrix first.
  private static final int MANY_ROWS = 8;

  private final LoopBuilder builder;
  private final Machine machine;
  private final View a;
  private final View b;
  private final View output;
  private final int rank;
  private final LoopAxes loops;
  private final ElementType element;
  private final Epilogue epilogue;
  private final Pointer left;
  private final Pointer right;
  private final Pointer out;

  private GenericMatrixMultiplyLowering(
      LoweringContext context,
      LoopBuilder builder,
      Node node,
      Op.MatrixMultiply op,
      View a,
      View b,
      List<View> extras) {
    this.builder = builder;
    this.machine = context.machine();
    this.output = context.view(node.output());
    this.rank = output.rank();
    this.a = a.broadcast(output.shape().with(rank - 1, a.dimension(a.rank() - 1)));
    this.b = b.broadcast(output.shape().with(rank - 2, b.dimension(b.rank() - 2)));
    this.element = Arithmetic.computed(a.element().sum());
    List<View> views = new ArrayList<>();
    views.add(output.part(rank - 1, 0, 1));
    views.add(this.a.part(rank - 1, 0, 1));
    views.add(column(this.b, output.dimension(rank - 2)));
    extras.forEach(extra -> views.add(extra.part(rank - 1, 0, 1)));
    LoopAxes axes = LoopAxes.of(views, Set.of(rank - 2));
    this.loops = axes.withInnermost(axes.axes().indexOf(rank - 2));
    this.left = builder.reads("a", this.a);
    this.right = builder.reads("b", this.b);
    this.out = builder.writes("out", output);
    List<View> walked = new ArrayList<>();
    for (int extra = 0; extra < extras.size(); extra++) {
      View rows = loops.walked(extra + 3, extras.get(extra));
      walked.add(withAxis(rows, output.dimension(rank - 1), extras.get(extra).stride(rank - 1)));
    }
    this.epilogue = Epilogue.of(builder, op.epilogue(), walked);
  }

  /// The first column, the same for all rows of the output.
  private static View column(View view, Dimension rows) {
    int rank = view.rank();
    List<Long> strides = new ArrayList<>(view.strides());
    strides.set(rank - 2, 0L);
    Shape shape = view.shape().with(rank - 2, rows).with(rank - 1, 1);
    return new View(view.buffer(), view.element(), view.offset(), shape, strides);
  }

  private static View withAxis(View view, Dimension extent, long stride) {
    List<Dimension> extents = new ArrayList<>(view.shape().dimensions());
    List<Long> strides = new ArrayList<>(view.strides());
    extents.add(extent);
    strides.add(stride);
    return new View(view.buffer(), view.element(), view.offset(), new Shape(extents), strides);
  }

  static void lower(LoweringContext context, Node node, Op.MatrixMultiply op) {
    Shape shape = node.output().shape().atCapacity();
    if (shape.elements() == 0) {
      return;
    }
    View a = Operands.view(context, node.input(0));
    View b = Operands.view(context, node.input(1));
    boolean floats =
        node.inputs().stream().allMatch(input -> input.type().element() == ElementType.FLOAT32);
    long rows = shape.extent(shape.rank() - 2);
    long columns = shape.extent(shape.rank() - 1);
    boolean transposed = b.stride(b.rank() - 2) == 1 && b.stride(b.rank() - 1) != 1;
    boolean along = floats && (columns == 1 || (transposed && rows < MANY_ROWS));
    if (along) {
      a = Operands.dense(context, node, node.input(0), a.rank() - 1);
      b = Operands.dense(context, node, node.input(1), b.rank() - 2);
    } else if (floats) {
      b = Operands.dense(context, node, node.input(1), b.rank() - 1);
    }
    List<View> extras = Operands.extras(context, node, 2, shape.rank() - 1);
    LoopBuilder builder = context.function("product", node);
    GenericMatrixMultiplyLowering lowering =
        new GenericMatrixMultiplyLowering(context, builder, node, op, a, b, extras);
    context.add(builder.finish(lowering.emit(floats, along)));
  }

  private long emit(boolean floats, boolean along) {
    long work = output.elements() * depth();
    int floatLanes = floats ? machine.floatLanes() : 1;
    if (along) {
      Lanes cover = Lanes.wide(depth(), floatLanes).upTo(a.count(rank - 1));
      return Nest.emit(
          builder, loops, machine, work, 1, (position, _) -> alongSum(position, cover));
    }
    long columns = output.extent(rank - 1);
    int registers = machine.vectorRegisters() >= 32 ? TILE_ROWS : TILE_ROWS / 2;
    Lanes wide = Lanes.wide(columns, floatLanes);
    Lanes cover =
        floats
            ? Lanes.of(columns, Math.min(wide.lanes(), registers * floatLanes))
            : Lanes.of(columns, 1);
    return Nest.emit(
        builder,
        loops,
        machine,
        work,
        TILE_ROWS,
        (position, rows) ->
            cover
                .upTo(output.count(rank - 1))
                .forEach(builder, "n", n -> tile(position, rows, n, cover.lanes())));
  }

  private long depth() {
    return a.extent(rank - 1);
  }

  private void tile(List<Expr> position, int rows, Expr n, int lanes) {
    VectorType type = new VectorType(element, lanes);
    List<Var> sums = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      sums.add(builder.variable("sum", new Expr.Constant(type, 0)));
    }
    Expr leftStart = builder.let("left", loops.index(1, position));
    Expr columnStart = Expr.multiply(n, b.stride(rank - 1));
    Expr rightStart = builder.let("right", Expr.add(loops.index(2, position), columnStart));
    builder.loop(
        "k",
        Expr.zero(),
        a.count(rank - 1),
        1,
        k -> {
          Expr rightAt = Expr.add(rightStart, Expr.multiply(k, b.stride(rank - 2)));
          Expr factors = builder.let("factors", Arithmetic.load(right, rightAt, type));
          Expr leftAt = Expr.add(leftStart, Expr.multiply(k, a.stride(rank - 1)));
          for (int row = 0; row < rows; row++) {
            Expr at = Expr.add(leftAt, row * a.stride(rank - 2));
            Expr factor = Arithmetic.load(left, at, new VectorType(element, 1));
            Arithmetic.multiplyAdd(builder, sums.get(row), factor, factors);
          }
        });
    for (int row = 0; row < rows; row++) {
      store(position, row, n, sums.get(row));
    }
  }

  /// One element after the other, each a sum of neighbours.
  private void alongSum(List<Expr> position, Lanes cover) {
    Expr leftStart = builder.let("left", loops.index(1, position));
    Expr rightStart = builder.let("right", loops.index(2, position));
    builder.loop(
        "n",
        Expr.zero(),
        output.count(rank - 1),
        1,
        n -> {
          Expr column = Expr.add(rightStart, Expr.multiply(n, b.stride(rank - 1)));
          LaneSums sums =
              new LaneSums(
                  builder, cover, element, type -> new Expr.Constant(type, 0), Arithmetic::add);
          cover.forEachOnce(
              builder,
              "k",
              (k, width) -> {
                VectorType type = new VectorType(element, width);
                Expr factor = Arithmetic.load(left, Expr.add(leftStart, k), type);
                Expr other = Arithmetic.load(right, Expr.add(column, k), type);
                sums.take(Arithmetic.multiply(factor, other));
              });
          store(position, 0, n, sums.total());
        });
  }

  private void store(List<Expr> position, int row, Expr n, Expr sum) {
    List<Expr> place = new ArrayList<>(position);
    place.set(place.size() - 1, Expr.add(place.getLast(), row));
    Expr index = Expr.add(loops.index(0, place), Expr.multiply(n, output.stride(rank - 1)));
    place.add(n);
    Expr rounded = builder.let("sum", Arithmetic.convert(sum, a.element().sum()));
    Expr value = epilogue.apply(builder, rounded, place, place.size() - 1);
    Arithmetic.store(builder, out, index, output.stride(rank - 1), value);
  }
}
