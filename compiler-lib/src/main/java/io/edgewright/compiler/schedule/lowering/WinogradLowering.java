package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.BATCH;
import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// Convolutions with 3x3 filters in steps of one, with fewer multiplications than they have.
///
/// The result differs from the exact one by about six times as much as that of a direct sum does,
/// some 1e-5 of the largest value. A manifest that minds asks for `"precision": "fp32-direct"`.
final class WinogradLowering {
  private static final int FEWEST_CHANNELS = 8;

  private WinogradLowering() {}

  /// Lowers the convolution where this way is faster; answers whether it did.
  static boolean lower(
      LoweringContext context, Node node, Op.Convolution op, View output, List<View> extras) {
    View input = Geometry.picture(context.view(node.input(0)));
    Geometry geometry = new Geometry(input, output, op.window());
    boolean possible =
        op.groups() == 1
            && isPlain3x3(op.window())
            && output.extent(BATCH) == 1
            && Math.min(input.extent(CHANNEL), output.extent(CHANNEL)) >= FEWEST_CHANNELS;
    Optional<WinogradTiles> tiles =
        possible ? WinogradTiles.choose(context.machine(), geometry) : Optional.empty();
    tiles.ifPresent(chosen -> emit(context, node, op, geometry, chosen, extras));
    return tiles.isPresent();
  }

  private static boolean isPlain3x3(Window window) {
    return window.kernel().equals(List.of(Winograd.TAPS, Winograd.TAPS))
        && window.strides().equals(List.of(1, 1))
        && window.dilations().equals(List.of(1, 1))
        && window.padsBegin().stream().allMatch(pad -> pad <= 1)
        && window.padsEnd().stream().allMatch(pad -> pad <= 1);
  }

  private static void emit(
      LoweringContext context,
      Node node,
      Op.Convolution op,
      Geometry geometry,
      WinogradTiles tiles,
      List<View> extras) {
    View dense = context.dense(geometry.input(), CHANNEL, node);
    Geometry place = new Geometry(dense, geometry.output(), geometry.window());
    Tensor weights = context.graph().constant(node.input(1));
    Tensor bias = context.graph().constant(node.input(2));
    PackedWeights packed = packed(context.machine(), weights, tiles);
    Buffer panels = context.weights().add(packed.pack(source(weights, bias, tiles.method())));
    LoopBuilder builder = context.function("winograd", node);
    Epilogue epilogue = Epilogue.of(builder, op.epilogue(), extras);
    WinogradKernel kernel = new WinogradKernel(context, builder, place, tiles, epilogue);
    context.add(builder.finish(kernel.emit(packed, panels)));
  }

  /// The products at one place are a matrix product: a group of a pointwise convolution, whose
  /// pixels are the tiles of a strip.
  private static PackedWeights packed(Machine machine, Tensor weights, WinogradTiles tiles) {
    long channels = weights.shape().extent(0);
    long depth = weights.shape().extent(1);
    RegisterTile tile = RegisterTile.choose(machine, tiles.tiles(), channels, depth);
    return new PackedWeights(tile, tiles.method().places(), depth, channels, 1, 1);
  }

  private static PackedWeights.Source source(Tensor weights, Tensor bias, Winograd method) {
    long channels = weights.shape().extent(0);
    long depth = weights.shape().extent(1);
    int side = method.inputs();
    return new PackedWeights.Source() {
      @Override
      public float weight(long channel, long inputChannel, int kernelRow, int kernelColumn) {
        int place = Math.toIntExact(channel / channels);
        int taps = Winograd.TAPS * Winograd.TAPS;
        int first = Math.toIntExact((channel % channels * depth + inputChannel) * taps);
        double[] filter = new double[taps];
        for (int tap = 0; tap < taps; tap++) {
          filter[tap] = weights.getDouble(first + tap);
        }
        return (float) method.transformedWeight(filter, place / side, place % side);
      }

      @Override
      public float bias(long channel) {
        long place = Winograd.PLACE_OF_BIAS * (long) side + Winograd.PLACE_OF_BIAS;
        boolean here = channel / channels == place;
        return here ? (float) bias.getDouble(Math.toIntExact(channel % channels)) : 0;
      }
    };
  }
}
