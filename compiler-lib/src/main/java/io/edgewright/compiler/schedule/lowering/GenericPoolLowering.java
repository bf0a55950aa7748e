package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Pooling over any number of axes and of any element type. Lanes are channels where they are
/// neighbours.
final class GenericPoolLowering implements Nest.Body {
  private static final int SPATIAL = 2;

  private final LoopBuilder builder;
  private final Op.Pool op;
  private final LoopAxes loops;
  private final WindowLoops window;
  private final ElementType element;
  private final Pointer in;
  private final Pointer out;

  private GenericPoolLowering(LoopBuilder builder, Op.Pool op, View input, View output) {
    this.builder = builder;
    this.op = op;
    this.element = Arithmetic.computed(input.element());
    List<Integer> spatial = IntStream.range(SPATIAL, input.rank()).boxed().toList();
    View corners = input;
    for (int axis : spatial) {
      corners = corners.part(axis, 0, 1);
    }
    Set<Integer> alone =
        spatial.stream().filter(axis -> output.extent(axis) != 1).collect(Collectors.toSet());
    this.loops =
        LoopAxes.of(List.of(output, corners.broadcast(output.shape())), alone)
            .withNeighboursInnermost(1);
    this.window =
        new WindowLoops(
            builder, op.window(), input, SPATIAL, output.extents().subList(SPATIAL, output.rank()));
    this.in = builder.reads("in", input);
    this.out = builder.writes("out", output);
  }

  static void lower(LoweringContext context, Node node, Op.Pool op) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    if (output.elements() == 0) {
      return;
    }
    LoopBuilder builder = context.function("pool", node);
    GenericPoolLowering lowering = new GenericPoolLowering(builder, op, input, output);
    boolean vectors =
        input.element() == ElementType.FLOAT32 && lowering.loops.innermostStride(1) == 1;
    int lanes = vectors ? context.machine().floatLanes() : 1;
    long work = output.elements() * lowering.kernelSize();
    context.add(
        builder.finish(
            Nest.emit(builder, lowering.loops, context.machine(), work, lanes, lowering)));
  }

  @Override
  public void at(List<Expr> position, int lanes) {
    VectorType type = new VectorType(element, lanes);
    boolean maximum = op.kind() == Op.PoolKind.MAXIMUM;
    Var sum =
        builder.variable("sum", maximum ? Arithmetic.lowest(type) : new Expr.Constant(type, 0));
    List<Expr> place =
        IntStream.range(SPATIAL, SPATIAL + op.window().axes())
            .mapToObj(axis -> loops.along(axis, position))
            .toList();
    Expr corner = builder.let("corner", loops.index(1, position));
    Expr inside =
        window.open(
            place,
            corner,
            (source, _) -> {
              Expr value = Arithmetic.load(in, source, type);
              builder.assign(sum, maximum ? Expr.maximum(sum, value) : Arithmetic.add(sum, value));
            });
    Expr result =
        switch (op.kind()) {
          case MAXIMUM -> sum;
          case AVERAGE -> divided(sum, inside);
          case AVERAGE_WITH_PADDING -> divided(sum, Expr.index(kernelSize()));
        };
    Arithmetic.store(builder, out, loops.index(0, position), loops.innermostStride(0), result);
  }

  private long kernelSize() {
    return op.window().kernel().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  private Expr divided(Expr sum, Expr count) {
    Expr divisor = builder.let("count", Arithmetic.convert(count, element));
    return Arithmetic.divide(sum, Arithmetic.splat(divisor, sum.type()));
  }
}
