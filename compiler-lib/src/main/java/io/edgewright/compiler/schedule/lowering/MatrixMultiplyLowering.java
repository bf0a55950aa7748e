package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A product with a constant matrix is a pointwise convolution: rows are pixels, columns of the
/// matrix are output channels. Everything else is left to generic loops.
public final class MatrixMultiplyLowering {
  private static final Window POINT =
      new Window(List.of(1), List.of(1), List.of(1), List.of(0), List.of(0));

  private MatrixMultiplyLowering() {}

  /// Lowers a matrix product with its epilogue.
  public static void lower(LoweringContext context, Node node, Op.MatrixMultiply op) {
    Optional<List<View>> pictures = pictures(context, node, op);
    if (pictures.isEmpty()) {
      GenericMatrixMultiplyLowering.lower(context, node, op);
      return;
    }
    View input = pictures.get().get(0);
    View output = pictures.get().get(1);
    List<View> extras = new ArrayList<>();
    for (View extra : pictures.get().subList(2, pictures.get().size())) {
      extras.add(extra.stride(CHANNEL) == 0 ? extra : context.dense(extra, CHANNEL, node));
    }
    if (ByteProductLowering.fits(context, node, op.epilogue())) {
      View dense = context.dense(input, CHANNEL, node);
      Geometry geometry = new Geometry(dense, output, POINT);
      new ByteProductLowering(context, node, geometry).product(op, extras);
      return;
    }
    Tensor matrix = context.graph().constant(node.input(1));
    long columns = output.extent(CHANNEL);
    PackedWeights.Source source =
        new PackedWeights.Source() {
          @Override
          public float weight(long channel, long inputChannel, int ky, int kx) {
            return (float) matrix.getDouble(Math.toIntExact(inputChannel * columns + channel));
          }

          @Override
          public float bias(long channel) {
            return 0;
          }
        };
    Geometry geometry = new Geometry(input, output, POINT);
    if (!SharedLanesKernel.lower(context, node, geometry, source, op.epilogue(), extras)) {
      ConvolutionLowering.dense(context, node, geometry, 1, source, op.epilogue(), extras);
    }
  }

  /// Input, output and extras as [1, K or N, 1, rows]; empty where the fast kernel does not fit.
  private static Optional<List<View>> pictures(
      LoweringContext context, Node node, Op.MatrixMultiply op) {
    Value matrix = node.input(1);
    boolean fast =
        context.graph().isConstant(matrix)
            && matrix.shape().rank() == 2
            && node.input(0).shape().rank() >= 2
            && context.view(node.output()).elements() > 0
            && (ByteProductLowering.fits(context, node, op.epilogue())
                || node.inputs().stream()
                    .allMatch(input -> input.type().element() == ElementType.FLOAT32));
    if (!fast) {
      return Optional.empty();
    }
    List<View> views = new ArrayList<>();
    views.add(context.view(node.input(0)));
    views.add(context.view(node.output()));
    for (Value extra : node.inputs().subList(2, node.inputs().size())) {
      views.add(context.view(extra).broadcast(node.output().shape()));
    }
    List<View> pictures = new ArrayList<>();
    for (View view : views) {
      Optional<View> picture = picture(view);
      if (picture.isEmpty()) {
        return Optional.empty();
      }
      pictures.add(picture.get());
    }
    boolean dense = pictures.get(1).stride(CHANNEL) == 1 || pictures.get(1).extent(CHANNEL) == 1;
    return dense ? Optional.of(pictures) : Optional.empty();
  }

  /// [..., rows, k] to [1, k, 1, all rows]. Where only a run knows how long the rows are, what is
  /// outside of the innermost such axis becomes a batch: [outer, k, 1, rows].
  private static Optional<View> picture(View view) {
    List<Dimension> outer = view.shape().dimensions().subList(0, view.rank() - 1);
    int first = outer.size() - 1;
    while (first > 0 && outer.get(first) instanceof Dimension.Fixed) {
      first--;
    }
    Dimension batch = new Shape(outer.subList(0, first)).flat().dimensions().getFirst();
    Dimension rows = new Shape(outer.subList(first, outer.size())).flat().dimensions().getFirst();
    Dimension last = view.dimension(view.rank() - 1);
    return view.reshape(new Shape(List.of(batch, Dimension.of(1), rows, last)))
        .map(lines -> lines.transpose(List.of(0, 3, 1, 2)));
  }
}
