package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.ConvolutionMethod;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Picks the kernel for a convolution: depthwise, dense (also for groups), or the generic loops
/// where weights are made at run time or the window has three axes.
public final class ConvolutionLowering {
  private ConvolutionLowering() {}

  /// Lowers a convolution with its epilogue.
  public static void lower(LoweringContext context, Node node, Op.Convolution op) {
    boolean bytes = ByteProductLowering.fits(context, node, op.epilogue());
    if (!isFast(context, node, op, bytes)) {
      GenericConvolutionLowering.lower(context, node, op);
      return;
    }
    View input = Geometry.picture(context.view(node.input(0)));
    View output = Geometry.picture(context.view(node.output()));
    boolean depthwise =
        op.groups() == input.extent(CHANNEL) && op.groups() == output.extent(CHANNEL);
    List<View> extras = extras(context, node);
    if (bytes && depthwise && op.groups() > 1) {
      ByteDepthwiseLowering.lower(context, node, op, input, output, extras);
    } else if (bytes) {
      View dense = context.dense(input, CHANNEL, node);
      List<View> flat = rowsJoined(op.window(), dense, output, extras);
      Window window = flat.get(0).equals(dense) ? op.window() : Window.pointwise(1);
      Geometry geometry = new Geometry(flat.get(0), flat.get(1), window);
      new ByteProductLowering(context, node, geometry)
          .convolution(op, flat.subList(2, flat.size()));
    } else if (depthwise && op.groups() > 1) {
      DepthwiseLowering.lower(context, node, op, input, output, extras);
    } else {
      floats(context, node, op, input, output, extras);
    }
  }

  private static boolean isFast(
      LoweringContext context, Node node, Op.Convolution op, boolean bytes) {
    boolean floats =
        node.inputs().stream().allMatch(input -> input.type().element() == ElementType.FLOAT32);
    return (floats || bytes)
        && op.window().axes() <= 2
        && context.view(node.output()).elements() > 0
        && context.graph().isConstant(node.input(1))
        && context.graph().isConstant(node.input(2));
  }

  /// The epilogue's further inputs with the output's shape, channels side by side.
  private static List<View> extras(LoweringContext context, Node node) {
    List<View> extras = new ArrayList<>();
    for (Value extra : node.inputs().subList(3, node.inputs().size())) {
      View view = Geometry.picture(context.view(extra).broadcast(node.output().shape()));
      extras.add(view.stride(CHANNEL) == 0 ? view : context.dense(view, CHANNEL, node));
    }
    return extras;
  }

  private static void floats(
      LoweringContext context,
      Node node,
      Op.Convolution op,
      View input,
      View output,
      List<View> extras) {
    List<View> flat = rowsJoined(op.window(), input, output, extras);
    Geometry geometry =
        flat.get(0).equals(input)
            ? new Geometry(input, output, op.window())
            : new Geometry(flat.get(0), flat.get(1), Window.pointwise(1));
    List<View> flatExtras = flat.subList(2, flat.size());
    PackedWeights.Source source = source(context, node);
    if (op.groups() == 1
        && SharedLanesKernel.lower(context, node, geometry, source, op.epilogue(), flatExtras)) {
      return;
    }
    if (context.method() != ConvolutionMethod.FASTEST
        || !WinogradLowering.lower(context, node, op, output, extras)) {
      dense(context, node, geometry, op.groups(), source, op.epilogue(), flatExtras);
    }
  }

  private static PackedWeights.Source source(LoweringContext context, Node node) {
    Tensor weights = context.graph().constant(node.input(1));
    Tensor bias = context.graph().constant(node.input(2));
    Shape shape = weights.shape();
    long depth = shape.extent(1);
    long kernelRows = shape.rank() == 3 ? 1 : shape.extent(2);
    long kernelColumns = shape.extent(shape.rank() - 1);
    return new PackedWeights.Source() {
      @Override
      public float weight(long channel, long inputChannel, int ky, int kx) {
        long index = ((channel * depth + inputChannel) * kernelRows + ky) * kernelColumns + kx;
        return (float) weights.getDouble(Math.toIntExact(index));
      }

      @Override
      public float bias(long channel) {
        return (float) bias.getDouble(Math.toIntExact(channel));
      }
    };
  }

  /// Writes the dense kernel; matrix products come here too.
  static void dense(
      LoweringContext context,
      Node node,
      Geometry geometry,
      long groups,
      PackedWeights.Source source,
      Expression epilogue,
      List<View> extras) {
    long depth = geometry.input().extent(CHANNEL) / groups;
    long channels = geometry.output().extent(CHANNEL) / groups;
    int kernelRows = geometry.kernelRows();
    int kernelColumns = geometry.kernelColumns();
    long terms = depth * kernelRows * kernelColumns;
    RegisterTile tile =
        RegisterTile.choose(
            context.machine(), geometry.output().extent(Geometry.COLUMN), channels, terms);
    PackedWeights packed =
        new PackedWeights(tile, groups, depth, channels, kernelRows, kernelColumns);
    Buffer panels = context.weights().add(packed.pack(source));
    LoopBuilder builder = context.function("convolution", node);
    DenseKernel kernel =
        new DenseKernel(
            builder,
            context.machine(),
            geometry,
            packed,
            panels,
            Epilogue.of(builder, epilogue, extras));
    context.add(builder.finish(kernel.emit(context.machine())));
  }

  /// Input, output and extras, with rows joined where a pixel sees only itself.
  private static List<View> rowsJoined(Window window, View input, View output, List<View> extras) {
    List<View> views = new ArrayList<>(List.of(input, output));
    views.addAll(extras);
    return isPointwise(window) ? flatten(views) : views;
  }

  private static boolean isPointwise(Window window) {
    return window.isUnpadded()
        && window.kernel().stream().allMatch(extent -> extent == 1)
        && window.strides().stream().allMatch(stride -> stride == 1);
  }

  /// Rows joined to one long row, where every view allows it.
  private static List<View> flatten(List<View> views) {
    List<View> flat = new ArrayList<>();
    for (View view : views) {
      long pixels = view.extent(Geometry.ROW) * view.extent(Geometry.COLUMN);
      Shape row = view.shape().with(Geometry.ROW, 1).with(Geometry.COLUMN, pixels);
      Optional<View> one = view.reshape(row);
      if (one.isEmpty()) {
        return views;
      }
      flat.add(one.get());
    }
    return flat;
  }
}
