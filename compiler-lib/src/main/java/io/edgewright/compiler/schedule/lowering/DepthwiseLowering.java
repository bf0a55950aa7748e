package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// Convolution with as many groups as channels. `out[n,c,y,x] = epilogue(bias[c] + sum_{ky,kx}
/// in[n,c,y',x'] * w[c,ky,kx])`
final class DepthwiseLowering implements WindowKernel.Reduction {
  private final LoopBuilder builder;
  private final Pointer weights;
  private final long channels;
  private final int kernelColumns;
  private final Epilogue epilogue;

  private DepthwiseLowering(
      LoopBuilder builder, Pointer weights, long channels, int kernelColumns, Epilogue epilogue) {
    this.builder = builder;
    this.weights = weights;
    this.channels = channels;
    this.kernelColumns = kernelColumns;
    this.epilogue = epilogue;
  }

  static void lower(
      LoweringContext context,
      Node node,
      Op.Convolution op,
      View input,
      View output,
      List<View> extras) {
    View dense = context.dense(input, CHANNEL, node);
    Geometry geometry = new Geometry(dense, output, op.window());
    float[] packed =
        pack(context.graph().constant(node.input(1)), context.graph().constant(node.input(2)));
    LoopBuilder builder = context.function("depthwise", node);
    View weightsView =
        new View(
            context.weights().add(packed),
            ElementType.FLOAT32,
            0,
            List.of((long) packed.length),
            List.of(1L));
    DepthwiseLowering reduction =
        new DepthwiseLowering(
            builder,
            builder.reads("weights", weightsView),
            input.extent(CHANNEL),
            geometry.kernelColumns(),
            Epilogue.of(builder, op.epilogue(), extras));
    WindowKernel kernel = new WindowKernel(builder, context.machine(), geometry, reduction);
    context.add(builder.finish(kernel.emit(context.machine())));
  }

  /// Bias of all channels, then for each tap the weights of all channels.
  private static float[] pack(Tensor weights, Tensor bias) {
    int channels = Math.toIntExact(weights.shape().extent(0));
    int taps = weights.size() / channels;
    float[] packed = new float[channels * (taps + 1)];
    for (int c = 0; c < channels; c++) {
      packed[c] = (float) bias.getDouble(c);
      for (int tap = 0; tap < taps; tap++) {
        packed[(tap + 1) * channels + c] = (float) weights.getDouble(c * taps + tap);
      }
    }
    return packed;
  }

  @Override
  public Expr start(Expr channel, VectorType type) {
    return new Expr.Load(weights, channel, type);
  }

  @Override
  public WindowKernel.Tap tap(Expr kernelRow, int kernelColumn, Expr channel, VectorType type) {
    Expr row = Expr.multiply(kernelRow, kernelColumns * channels);
    Expr index = Expr.add(Expr.add(row, (kernelColumn + 1) * channels), channel);
    Var weight = builder.let("w", new Expr.Load(weights, index, type));
    return (sum, value) -> builder.emit(new Stmt.MultiplyAdd(sum, value, weight));
  }

  @Override
  public Optional<BinaryOperator<Expr>> acrossParts() {
    return Optional.empty();
  }

  @Override
  public Expr finish(Expr sum, WindowKernel.Place place) {
    return epilogue.apply(builder, sum, place.position(), CHANNEL);
  }
}
