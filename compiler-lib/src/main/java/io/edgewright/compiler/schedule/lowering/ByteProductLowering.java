package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Convolutions and matrix products of bytes with constant weights: packs the weights and writes a
/// [ByteKernel].
final class ByteProductLowering {
  private static final int HIGHEST_BIT = 128;

  private final LoweringContext context;
  private final Node node;
  private final Geometry geometry;

  ByteProductLowering(LoweringContext context, Node node, Geometry geometry) {
    this.context = context;
    this.node = node;
    this.geometry = geometry;
  }

  /// Whether a node multiplies bytes by constant bytes with a sign, and its epilogue can be written
  /// for vectors.
  static boolean fits(LoweringContext context, Node node, Expression epilogue) {
    List<ElementType> elements =
        node.inputs().stream().map(input -> input.type().element()).toList();
    return elements.get(0).isByte()
        && elements.get(1) == ElementType.INT8
        && context.graph().isConstant(node.input(1))
        && VectorExpressions.accept(epilogue, epilogueTypes(node, elements));
  }

  private static List<ElementType> epilogueTypes(Node node, List<ElementType> elements) {
    int first = node.op() instanceof Op.Convolution ? 3 : 2;
    List<ElementType> types = new ArrayList<>(List.of(ElementType.INT32));
    types.addAll(elements.subList(first, elements.size()));
    return types;
  }

  /// What the kernel adds to each byte of an input: the processor multiplies bytes of one sign
  /// only.
  static int shift(Machine machine, ElementType element) {
    boolean unsigned = element == ElementType.UINT8;
    if (unsigned == machine.unsignedDots()) {
      return 0;
    }
    return unsigned ? -HIGHEST_BIT : HIGHEST_BIT;
  }

  void convolution(Op.Convolution op, List<View> extras) {
    Tensor weights = context.graph().constant(node.input(1));
    Tensor bias = context.graph().constant(node.input(2));
    int rows = geometry.kernelRows();
    int columns = geometry.kernelColumns();
    long depth = weights.shape().extent(1);
    PackedBytes packed =
        packed(op.groups(), depth, weights.shape().extent(0) / op.groups(), outside(op));
    emit(
        packed,
        new PackedBytes.Source() {
          @Override
          public int weight(long channel, long inputChannel, int ky, int kx) {
            long index = ((channel * depth + inputChannel) * rows + ky) * columns + kx;
            return (int) weights.getLong(Math.toIntExact(index));
          }

          @Override
          public int bias(long channel) {
            return (int) bias.getLong(Math.toIntExact(channel));
          }
        },
        op.epilogue(),
        extras);
  }

  /// What counts outside the picture, as the kernel reads bytes; zero where no tap is outside.
  private long outside(Op.Convolution op) {
    ElementType element = node.input(0).type().element();
    return geometry.window().isUnpadded() ? 0 : op.outside() + shift(context.machine(), element);
  }

  void product(Op.MatrixMultiply op, List<View> extras) {
    Tensor matrix = context.graph().constant(node.input(1));
    long depth = matrix.shape().extent(0);
    long columns = matrix.shape().extent(1);
    emit(
        packed(1, depth, columns, 0),
        new PackedBytes.Source() {
          @Override
          public int weight(long channel, long inputChannel, int ky, int kx) {
            return (int) matrix.getLong(Math.toIntExact(inputChannel * columns + channel));
          }

          @Override
          public int bias(long channel) {
            return 0;
          }
        },
        op.epilogue(),
        extras);
  }

  private PackedBytes packed(long groups, long depth, long channels, long outside) {
    int rows = geometry.kernelRows();
    int columns = geometry.kernelColumns();
    long quads = (depth + PackedBytes.QUAD - 1) / PackedBytes.QUAD;
    RegisterTile tile =
        RegisterTile.choose(
            context.machine(),
            geometry.output().extent(Geometry.COLUMN),
            channels,
            quads * rows * columns);
    int shift = shift(context.machine(), node.input(0).type().element());
    return new PackedBytes(tile, groups, depth, channels, rows, columns, shift, outside);
  }

  private void emit(
      PackedBytes packed, PackedBytes.Source source, Expression epilogue, List<View> extras) {
    Buffer panels = context.weights().add(packed.pack(source));
    LoopBuilder builder = context.function("bytes", node);
    ByteKernel kernel =
        new ByteKernel(
            builder,
            context.machine(),
            geometry,
            packed,
            panels,
            Epilogue.of(builder, epilogue, extras));
    context.add(builder.finish(kernel.emit()));
  }
}
