package io.edgewright.compiler.schedule;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.schedule.lowering.ArgumentReduceLowering;
import io.edgewright.compiler.schedule.lowering.ConcatLowering;
import io.edgewright.compiler.schedule.lowering.ConvolutionLowering;
import io.edgewright.compiler.schedule.lowering.CopyLowering;
import io.edgewright.compiler.schedule.lowering.ExtentsLowering;
import io.edgewright.compiler.schedule.lowering.GatherLowering;
import io.edgewright.compiler.schedule.lowering.ImageToTensorLowering;
import io.edgewright.compiler.schedule.lowering.LoweringContext;
import io.edgewright.compiler.schedule.lowering.MapLowering;
import io.edgewright.compiler.schedule.lowering.MatrixMultiplyLowering;
import io.edgewright.compiler.schedule.lowering.NonMaxSuppressionLowering;
import io.edgewright.compiler.schedule.lowering.NonZeroLowering;
import io.edgewright.compiler.schedule.lowering.PackLowering;
import io.edgewright.compiler.schedule.lowering.PadLowering;
import io.edgewright.compiler.schedule.lowering.PoolLowering;
import io.edgewright.compiler.schedule.lowering.ReduceLowering;
import io.edgewright.compiler.schedule.lowering.ResizeLowering;
import io.edgewright.compiler.schedule.lowering.ScatterLowering;
import io.edgewright.compiler.schedule.lowering.SelectDetectionsLowering;
import io.edgewright.compiler.schedule.lowering.SoftmaxLowering;
import io.edgewright.compiler.schedule.lowering.TopKLowering;
import io.edgewright.compiler.schedule.lowering.UniqueLowering;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.RunTimeExtentException;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Turns a graph into a [Program]: places values, lowers nodes in order, plans the arena.
public final class Scheduler {
  private final LoweringContext context;
  private final Boundary boundary;

  private Scheduler(LoweringContext context, Boundary boundary) {
    this.context = context;
    this.boundary = boundary;
  }

  /// @param graph after all passes; every extent a number, but for pictures that come in
  public static Program schedule(Graph graph, Machine machine) {
    return schedule(graph, machine, ConvolutionMethod.FASTEST);
  }

  /// The same, with convolutions computed as the caller wants them.
  public static Program schedule(Graph graph, Machine machine, ConvolutionMethod method) {
    ProgramParts parts = new ProgramParts(machine, method);
    Boundary boundary = Boundary.ofProgram(graph, parts.buffers());
    LoweringContext before = new LoweringContext(graph, Map.of(), parts);
    LoweringContext after = new LoweringContext(graph, Map.of(), parts);
    Boundary inside = spread(graph, boundary, before, after);
    List<Step> steps = new ArrayList<>(before.steps());
    steps.addAll(steps(graph, inside, parts));
    steps.addAll(after.steps());
    WeightsBuilder weights = parts.weights();
    return new Program(
        steps, MemoryPlan.of(steps), numbers(graph), weights.content(), weights.tables());
  }

  /// The steps of a graph that stands alone or inside of an operator.
  static List<Step> steps(Graph graph, Boundary boundary, ProgramParts parts) {
    Map<Value, View> views = Placement.of(graph, boundary, parts.weights(), parts.buffers());
    LoweringContext context = new LoweringContext(graph, views, parts);
    Scheduler scheduler = new Scheduler(context, boundary);
    graph.nodes().forEach(scheduler::lowerOrRefuse);
    scheduler.copyRemainingOutputs();
    return context.steps();
  }

  /// Callers have tensors without gaps. Where an axis that is not the outermost has more room than
  /// elements, rows are moved apart before the graph runs, and together afterwards.
  ///
  /// @return the places between which the graph runs
  private static Boundary spread(
      Graph graph, Boundary callers, LoweringContext before, LoweringContext after) {
    List<View> inputs = new ArrayList<>(callers.inputs());
    for (int i = 0; i < inputs.size(); i++) {
      Value input = graph.inputs().get(i);
      if (hasGaps(input)) {
        View dense = inputs.get(i);
        inputs.set(i, before.scratch(dense.element(), input.shape(), rowMajor(input)));
        PackLowering.unpack(before, asNode(input), dense.buffer(), inputs.get(i));
      }
    }
    List<View> outputs = new ArrayList<>(callers.outputs());
    for (int i = 0; i < outputs.size(); i++) {
      Value output = graph.outputs().get(i);
      if (hasGaps(output)) {
        View dense = outputs.get(i);
        outputs.set(i, after.scratch(dense.element(), output.shape(), rowMajor(output)));
        PackLowering.pack(after, asNode(output), outputs.get(i), dense.buffer());
      }
    }
    return new Boundary(inputs, outputs);
  }

  private static boolean hasGaps(Value value) {
    return value.shape().hasCapacity() && !value.shape().isDenseAtCapacity();
  }

  private static List<Integer> rowMajor(Value value) {
    return IntStream.range(0, value.shape().rank()).boxed().toList();
  }

  /// Everything that only a call knows, in the order in which it becomes known.
  private static List<String> numbers(Graph graph) {
    return values(graph)
        .flatMap(value -> value.shape().dimensions().stream())
        .filter(Dimension.Bounded.class::isInstance)
        .flatMap(dimension -> dimension.count().terms().stream())
        .flatMap(term -> term.names().stream())
        .map(Count.Name::text)
        .distinct()
        .toList();
  }

  /// Those of the graphs inside of its nodes, too.
  private static Stream<Value> values(Graph graph) {
    Stream<Value> made =
        graph.nodes().stream()
            .flatMap(node ->
                Stream.concat(
                    node.op().bodies().stream().flatMap(Scheduler::values),
                    node.outputs().stream()));
    return Stream.concat(graph.inputs().stream(), made);
  }

  /// The move of a value between two places.
  private static Node asNode(Value value) {
    return new Node(value.name(), new Op.Reshape(value.shape()), List.of(value), List.of());
  }

  private void lowerOrRefuse(Node node) {
    try {
      lower(node);
    } catch (RunTimeExtentException e) {
      throw new CompileException(
          ErrorCode.OPERATOR_UNSUPPORTED,
          Location.node(node.name(), node.op().getClass().getSimpleName()),
          "dimension `" + e.count() + "`, which only a run of the program knows",
          "an extent that is a number when compiling",
          "give a fixed number in `dims`");
    }
  }

  private void lower(Node node) {
    switch (node.op()) {
      case Op.Convolution op -> ConvolutionLowering.lower(context, node, op);
      case Op.MatrixMultiply op -> MatrixMultiplyLowering.lower(context, node, op);
      case Op.Map op -> MapLowering.lower(context, node, op);
      case Op.Pool op -> PoolLowering.lower(context, node, op);
      case Op.Reduce op -> ReduceLowering.lower(context, node, op);
      case Op.ArgumentReduce op -> ArgumentReduceLowering.lower(context, node, op);
      case Op.Softmax op -> SoftmaxLowering.lower(context, node, op);
      case Op.TopK op -> TopKLowering.lower(context, node, op);
      case Op.Transpose _, Op.Reshape _, Op.Slice _, Op.Expand _ -> view(node);
      case Op.Concat(int axis) -> concat(node, axis);
      case Op.Pad op -> PadLowering.lower(context, node, op);
      case Op.Resize op -> ResizeLowering.lower(context, node, op);
      case Op.Gather op -> GatherLowering.lower(context, node, op);
      case Op.ImageToTensor op -> ImageToTensorLowering.lower(context, node, op);
      case Op.SelectDetections op -> SelectDetectionsLowering.lower(context, node, op);
      case Op.If op -> BranchLowering.lower(context, node, op);
      case Op.Loop op -> LoopLowering.lower(context, node, op);
      case Op.NonMaxSuppression op -> NonMaxSuppressionLowering.lower(context, node, op);
      case Op.Scatter op -> ScatterLowering.lower(context, node, op);
      case Op.Unique op -> UniqueLowering.lower(context, node, op);
      case Op.NonZero(Shape shape) -> NonZeroLowering.lower(context, node, shape);
      case Op.Extents() -> ExtentsLowering.lower(context, node);
    }
  }

  /// A view costs nothing unless its output had to lie elsewhere.
  private void view(Node node) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    Optional<View> seen = ViewOps.apply(node.op(), input);
    if (seen.isEmpty() && !input.shape().keepsPlacesAs(output.shape())) {
      PackLowering.reshape(context, node, input, output);
    } else if (seen.isEmpty()) {
      CopyLowering.reshape(context, node, input, output);
    } else if (!seen.get().sameMemory(output)) {
      CopyLowering.lower(context, node, seen.get(), output);
    }
  }

  /// Parts that were not written in place are copied there.
  private void concat(Node node, int axis) {
    View whole = context.view(node.output());
    if (!(whole.dimension(axis) instanceof Dimension.Fixed)) {
      ConcatLowering.lower(context, node, axis);
      return;
    }
    long start = 0;
    for (Value part : node.inputs()) {
      View place = whole.part(axis, start, part.shape().extent(axis));
      View made = context.view(part);
      if (!made.sameMemory(place)) {
        CopyLowering.lower(context, node, made, place);
      }
      start += part.shape().extent(axis);
    }
  }

  /// Outputs that are also inputs, constants, or the same value twice.
  private void copyRemainingOutputs() {
    List<Value> outputs = context.graph().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Value output = outputs.get(i);
      View made = context.view(output);
      View place = boundary.outputs().get(i);
      if (!made.sameMemory(place)) {
        CopyLowering.lower(context, asNode(output), made, place);
      }
    }
  }
}
