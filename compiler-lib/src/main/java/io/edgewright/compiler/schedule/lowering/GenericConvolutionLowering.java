package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Convolution with any number of axes, weights made at run time, and any element type.
///
/// `out[n,g,m,y...] = epilogue(bias[g,m] + sum_{k...,c} in[n,g,c,y'...] * w[g,m,c,k...])`
///
/// Views have the channels split in groups. Lanes are output channels of a group, in several
/// registers where there are enough.
final class GenericConvolutionLowering implements Nest.Body {
  private static final int BATCH = 0;
  private static final int GROUP = 1;
  private static final int CHANNEL = 2;
  private static final int SPATIAL = 3;

  private final LoopBuilder builder;
  private final View input;
  private final View weights;
  private final LoopAxes loops;
  private final WindowLoops window;
  private final ElementType element;
  private final ElementType result;
  private final Epilogue epilogue;
  private final long channels;
  private final Pointer in;
  private final Pointer weightsIn;
  private final Pointer biasIn;
  private final Pointer out;

  private GenericConvolutionLowering(
      LoweringContext context,
      LoopBuilder builder,
      Node node,
      Op.Convolution op,
      Padded padded,
      View dense,
      List<View> extras) {
    long depth = node.input(1).shape().extent(1);
    this.builder = builder;
    this.channels = node.input(1).shape().extent(0) / op.groups();
    this.input = Operands.split(padded.view(), 1, depth);
    this.weights = Operands.split(dense, 0, channels);
    this.result = input.element().sum();
    this.element = Arithmetic.computed(result);
    List<View> views = new ArrayList<>(List.of(context.view(node.output())));
    views.addAll(extras);
    views.replaceAll(view -> Operands.split(view, 1, channels));
    View output = views.getFirst();
    Set<Integer> alone =
        IntStream.range(0, output.rank())
            .filter(axis -> axis == CHANNEL || output.extent(axis) != 1)
            .boxed()
            .collect(Collectors.toSet());
    LoopAxes axes = LoopAxes.of(views, alone);
    this.loops = axes.withInnermost(axes.axes().indexOf(CHANNEL));
    this.window =
        new WindowLoops(
            builder,
            padded.window(),
            input,
            SPATIAL,
            output.extents().subList(SPATIAL, output.rank()));
    this.in = builder.reads("in", input);
    this.weightsIn = builder.reads("weights", weights);
    this.biasIn = builder.reads("bias", Operands.view(context, node.input(2)));
    this.out = builder.writes("out", output);
    List<View> walked = new ArrayList<>();
    for (int extra = 1; extra < views.size(); extra++) {
      walked.add(loops.walked(extra, views.get(extra)));
    }
    this.epilogue = Epilogue.of(builder, op.epilogue(), walked);
  }

  static void lower(LoweringContext context, Node node, Op.Convolution op) {
    if (context.view(node.output()).elements() == 0) {
      return;
    }
    Padded padded = Padded.of(context, node, op);
    View dense = Operands.dense(context, node, node.input(1), 0);
    List<View> extras = Operands.extras(context, node, 3, 1);
    LoopBuilder builder = context.function("convolution", node);
    GenericConvolutionLowering lowering =
        new GenericConvolutionLowering(context, builder, node, op, padded, dense, extras);
    context.add(builder.finish(lowering.emit(context, node)));
  }

  /// The input as the window sees it: where something else than zero counts outside the picture, a
  /// copy that has it there.
  private record Padded(View view, Window window) {
    static Padded of(LoweringContext context, Node node, Op.Convolution op) {
      View picture = Operands.view(context, node.input(0));
      Window window = op.window();
      if (op.outside() == 0 || window.isUnpadded()) {
        return new Padded(picture, window);
      }
      List<Integer> none = Collections.nCopies(window.axes(), 0);
      View copy = PadLowering.around(context, node, picture, window, op.outside());
      return new Padded(
          copy, new Window(window.kernel(), window.strides(), window.dilations(), none, none));
    }
  }

  private long emit(LoweringContext context, Node node) {
    long filters = node.input(1).shape().extent(0);
    long taps = node.input(1).shape().elements() / filters;
    long work = context.view(node.output()).elements() * taps;
    int lanes = 1;
    if (out.element() == ElementType.FLOAT32 && result == ElementType.FLOAT32) {
      lanes = Lanes.wide(channels, context.machine().floatLanes()).lanes();
    }
    return Nest.emit(builder, loops, context.machine(), work, lanes, this);
  }

  @Override
  public void at(List<Expr> position, int lanes) {
    VectorType type = new VectorType(element, lanes);
    Expr group = loops.along(GROUP, position);
    Expr channel = loops.along(CHANNEL, position);
    Expr biasAt = Expr.add(Expr.multiply(group, channels), channel);
    Var sum = builder.variable("sum", Arithmetic.load(biasIn, biasAt, type));
    List<Expr> place =
        IntStream.range(SPATIAL, input.rank())
            .mapToObj(axis -> loops.along(axis, position))
            .toList();
    Expr corner =
        builder.let(
            "corner",
            Expr.add(
                Expr.multiply(loops.along(BATCH, position), input.stride(BATCH)),
                Expr.multiply(group, input.stride(GROUP))));
    Expr panel =
        builder.let(
            "panel",
            Expr.add(
                Expr.multiply(group, weights.stride(0)),
                Expr.multiply(channel, weights.stride(1))));
    window.open(place, corner, (source, kernel) -> taps(sum, source, panel, kernel));
    Expr rounded = Arithmetic.convert(sum, result);
    Expr value =
        epilogue.apply(builder, builder.let("sum", rounded), position, position.size() - 1);
    Arithmetic.store(builder, out, loops.index(0, position), loops.innermostStride(0), value);
  }

  /// All input channels of one step of the window.
  private void taps(Var sum, Expr source, Expr panel, List<Expr> kernel) {
    Expr tap = panel;
    for (int axis = 0; axis < kernel.size(); axis++) {
      tap = Expr.add(tap, Expr.multiply(kernel.get(axis), weights.stride(SPATIAL + axis)));
    }
    Expr first = builder.let("tap", tap);
    builder.loop(
        "c",
        input.extent(CHANNEL),
        c -> {
          Expr at = Expr.add(source, Expr.multiply(c, input.stride(CHANNEL)));
          Expr value = Arithmetic.load(in, at, new VectorType(element, 1));
          Expr weightAt = Expr.add(first, Expr.multiply(c, weights.stride(CHANNEL)));
          Expr weight = Arithmetic.load(weightsIn, weightAt, sum.type());
          Arithmetic.multiplyAdd(builder, sum, value, weight);
        });
  }
}
