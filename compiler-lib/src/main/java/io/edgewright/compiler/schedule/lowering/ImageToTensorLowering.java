package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt.Argument;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;

/// A picture of run-time size becomes a tensor: the kernel of `kernels/image.h`, rows shared out to
/// tasks, each with scratch memory of its own.
public final class ImageToTensorLowering {
  /// As EW_LARGEST_SIDE in the kernel.
  private static final long LARGEST_SIDE = 4096;

  /// About what a pixel costs, in multiply-adds.
  private static final long WORK_PER_PIXEL = 64;

  private ImageToTensorLowering() {}

  /// Lowers the picture's way into the network.
  public static void lower(LoweringContext context, Node node, Op.ImageToTensor op) {
    View tensor = context.view(node.output());
    View planes = op.channelsLast() ? tensor.transpose(List.of(0, 3, 1, 2)) : tensor;
    LoopBuilder builder = context.function("image", node);
    builder.include("placement.h");
    builder.include("image.h");
    Tasks tasks =
        Tasks.of(context.machine(), op.height(), op.width() * op.height() * WORK_PER_PIXEL);
    long scratchWords = scratchWords(op);
    View scratch =
        context.scratch(ElementType.INT32, Shape.of(tasks.count() * scratchWords), List.of(0));
    Pointer memory = builder.writes("scratch", scratch);
    builder.call(
        "ew_image_to_tensor",
        List.of(
            address(builder.writes("out", planes)),
            whole(planes.stride(1)),
            whole(planes.stride(2)),
            whole(planes.stride(3)),
            whole(op.width()),
            whole(op.height()),
            new Argument.Named("EW_" + op.tensor().name()),
            address(builder.reads("picture", context.view(node.input(0)))),
            new Argument.InputExtent(context.inputIndex(node.input(0)), 1),
            new Argument.InputExtent(context.inputIndex(node.input(0)), 0),
            new Argument.Named("EW_" + op.pixels().name()),
            new Argument.Named("EW_FIT_" + op.fit().name()),
            address(builder.reads("padding", constants(context, op.padding()))),
            address(builder.reads("mean", constants(context, op.mean()))),
            address(builder.reads("scale", constants(context, op.scale()))),
            new Argument.Address(memory, tasks.multipliedBy(scratchWords)),
            new Argument.Whole(tasks.from()),
            new Argument.Whole(tasks.to())));
    context.add(builder.finish(tasks.count()));
  }

  /// EW_IMAGE_SCRATCH of the kernel, in words of four bytes.
  private static long scratchWords(Op.ImageToTensor op) {
    long channels = op.pixels() == Op.PixelOrder.GRAY ? 1 : 3;
    return 3 * op.width() + LARGEST_SIDE * channels + 4 + 4;
  }

  private static View constants(LoweringContext context, List<Double> values) {
    Tensor tensor =
        Tensor.ofDoubles(
            ElementType.FLOAT32,
            Shape.of(values.size()),
            values.stream().mapToDouble(Double::doubleValue).toArray());
    return View.rowMajor(context.weights().add(tensor), ElementType.FLOAT32, tensor.shape());
  }

  private static Argument address(Pointer pointer) {
    return new Argument.Address(pointer, Expr.zero());
  }

  private static Argument whole(long value) {
    return new Argument.Whole(Expr.index(value));
  }
}
