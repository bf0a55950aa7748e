package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// Largest or mean value under a window. `out[n,c,y,x] = max_{ky,kx} in[n,c,y',x']`, or the sum
/// divided by the number of elements.
public final class PoolLowering implements WindowKernel.Reduction {
  private final LoopBuilder builder;
  private final Op.PoolKind kind;
  private final long kernelSize;

  private PoolLowering(LoopBuilder builder, Op.PoolKind kind, long kernelSize) {
    this.builder = builder;
    this.kind = kind;
    this.kernelSize = kernelSize;
  }

  /// Lowers a pool; generic loops take what has three axes or is not float32.
  public static void lower(LoweringContext context, Node node, Op.Pool op) {
    boolean fast =
        op.window().axes() <= 2
            && node.input(0).type().element() == ElementType.FLOAT32
            && context.view(node.output()).elements() > 0;
    if (!fast) {
      GenericPoolLowering.lower(context, node, op);
      return;
    }
    View input = Geometry.picture(context.view(node.input(0)));
    View output = Geometry.picture(context.view(node.output()));
    Geometry geometry = new Geometry(context.dense(input, CHANNEL, node), output, op.window());
    LoopBuilder builder = context.function("pool", node);
    long kernelSize = (long) geometry.kernelRows() * geometry.kernelColumns();
    PoolLowering reduction = new PoolLowering(builder, op.kind(), kernelSize);
    WindowKernel kernel = new WindowKernel(builder, context.machine(), geometry, reduction);
    context.add(builder.finish(kernel.emit(context.machine())));
  }

  @Override
  public Expr start(Expr channel, VectorType type) {
    double neutral = kind == Op.PoolKind.MAXIMUM ? Double.NEGATIVE_INFINITY : 0;
    return new Expr.Constant(type, neutral);
  }

  @Override
  public WindowKernel.Tap tap(Expr kernelRow, int kernelColumn, Expr channel, VectorType type) {
    return (sum, value) -> builder.assign(sum, combine(sum, value));
  }

  @Override
  public Optional<BinaryOperator<Expr>> acrossParts() {
    return Optional.of(this::combine);
  }

  private Expr combine(Expr sum, Expr value) {
    return kind == Op.PoolKind.MAXIMUM
        ? new Expr.Call("maximum", List.of(sum, value), sum.type())
        : Expr.add(sum, value);
  }

  @Override
  public Expr finish(Expr sum, WindowKernel.Place place) {
    return switch (kind) {
      case MAXIMUM -> sum;
      case AVERAGE_WITH_PADDING ->
          // Divided, not multiplied by the inverse: the mean of equal numbers is that number.
          new Expr.Binary(
              Expr.Operator.DIVIDE, sum, new Expr.Constant(sum.type(), (double) kernelSize));
      case AVERAGE -> {
        Expr inside = Expr.multiply(place.rowsInside(), place.columnsInside());
        Expr count = new Expr.Call("convert", List.of(inside), VectorType.floats(1));
        yield new Expr.Binary(
            Expr.Operator.DIVIDE, sum, new Expr.Splat(builder.let("count", count), sum.type()));
      }
    };
  }
}
