package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Resampling. Which elements an output element is made of, and what they weigh, stands in tables,
/// one for each resized axis; the weight of an element is the product over the axes. Lanes are
/// channels.
public final class ResizeLowering implements Nest.Body {
  /// The taps of one axis, and their values for the position that the loops are at.
  private record Axis(int taps, Pointer sources, Pointer weights) {}

  private final LoopBuilder builder;
  private final ElementType element;
  private final LoopAxes loops;
  private final Map<Integer, Axis> resized = new HashMap<>();
  private final List<List<Expr>> sources = new ArrayList<>();
  private final List<List<Expr>> weights = new ArrayList<>();
  private final Pointer in;
  private final Pointer out;

  private ResizeLowering(
      LoweringContext context, LoopBuilder builder, Op.Resize op, View input, View output) {
    this.builder = builder;
    this.element =
        input.element() == ElementType.FLOAT32 || input.element() == ElementType.FLOAT16
            ? ElementType.FLOAT32
            : ElementType.FLOAT64;
    Set<Integer> changed =
        IntStream.range(0, input.rank())
            .filter(axis -> op.scales().get(axis) != 1 || input.extent(axis) != output.extent(axis))
            .boxed()
            .collect(Collectors.toSet());
    List<Long> strides = new ArrayList<>(input.strides());
    changed.forEach(axis -> strides.set(axis, 0L));
    View fixed = new View(input.buffer(), input.element(), input.offset(), output.shape(), strides);
    this.loops = LoopAxes.of(List.of(output, fixed), changed);
    this.in = builder.reads("in", input);
    this.out = builder.writes("out", output);
    for (int axis : loops.axes()) {
      if (changed.contains(axis)) {
        ResizeTaps taps = ResizeTaps.of(op, axis, input.extent(axis), input.stride(axis), element);
        resized.put(
            axis,
            new Axis(
                taps.count(),
                table(context, "sources" + axis, taps.sources()),
                table(context, "weights" + axis, taps.weights())));
      }
    }
  }

  private Pointer table(LoweringContext context, String name, Tensor tensor) {
    Buffer buffer = context.weights().add(tensor);
    return builder.reads(name, View.rowMajor(buffer, tensor.element(), tensor.shape()));
  }

  /// Lowers a resize of any mode.
  public static void lower(LoweringContext context, Node node, Op.Resize op) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    if (output.elements() == 0) {
      return;
    }
    LoopBuilder builder = context.function("resize", node);
    ResizeLowering lowering = new ResizeLowering(context, builder, op, input, output);
    context.add(builder.finish(lowering.emit(context, output.elements())));
  }

  private long emit(LoweringContext context, long elements) {
    long taps = 1;
    for (Axis axis : resized.values()) {
      taps *= axis.taps();
    }
    boolean neighbours =
        in.element() == ElementType.FLOAT32
            && loops.innermostStride(0) == 1
            && loops.innermostStride(1) == 1;
    Machine machine = context.machine();
    int lanes = neighbours ? machine.floatLanes() : 1;
    long work = Tasks.work(machine, elements, taps, lanes);
    return Nest.emit(builder, loops, machine, work, lanes, this);
  }

  /// Looks up the taps as soon as an axis has an index.
  @Override
  public void enter(int loop, Expr index) {
    Axis axis = resized.get(loops.axes().get(loop));
    if (axis == null) {
      return;
    }
    int known = (int) loops.axes().subList(0, loop).stream().filter(resized::containsKey).count();
    cut(sources, known).add(taps(axis, axis.sources(), index));
    cut(weights, known).add(axis.taps() == 1 ? List.of() : taps(axis, axis.weights(), index));
  }

  /// What outer loops have looked up stays.
  private static List<List<Expr>> cut(List<List<Expr>> known, int size) {
    known.subList(size, known.size()).clear();
    return known;
  }

  private List<Expr> taps(Axis axis, Pointer table, Expr index) {
    VectorType type = new VectorType(table.element(), 1);
    List<Expr> taps = new ArrayList<>();
    for (int tap = 0; tap < axis.taps(); tap++) {
      Expr place = Expr.add(Expr.multiply(index, axis.taps()), tap);
      taps.add(builder.let("tap", new Expr.Load(table, place, type)));
    }
    return taps;
  }

  @Override
  public void at(List<Expr> position, int lanes) {
    Expr value = sum(0, loops.index(1, position), lanes);
    Arithmetic.store(builder, out, loops.index(0, position), value);
  }

  /// The weighted sum over the axes from number `axis` on.
  private Expr sum(int axis, Expr source, int lanes) {
    if (axis == sources.size()) {
      boolean moved = weights.stream().allMatch(List::isEmpty);
      ElementType type = moved ? in.element() : element;
      return Arithmetic.load(in, source, new VectorType(type, lanes));
    }
    List<Expr> places = sources.get(axis);
    if (weights.get(axis).isEmpty()) {
      return sum(axis + 1, Expr.add(source, places.getFirst()), lanes);
    }
    Expr sum = null;
    for (int tap = 0; tap < places.size(); tap++) {
      Expr value = sum(axis + 1, Expr.add(source, places.get(tap)), lanes);
      Expr part = Expr.multiply(value, weights.get(axis).get(tap));
      sum = sum == null ? part : Expr.add(sum, part);
    }
    if (sum == null) {
      throw new IllegalStateException("an axis without taps");
    }
    return builder.let("sum", sum);
  }
}
