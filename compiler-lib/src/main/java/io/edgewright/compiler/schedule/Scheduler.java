package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.schedule.lowering.ArgumentReduceLowering;
import io.edgewright.compiler.schedule.lowering.ConvolutionLowering;
import io.edgewright.compiler.schedule.lowering.CopyLowering;
import io.edgewright.compiler.schedule.lowering.GatherLowering;
import io.edgewright.compiler.schedule.lowering.ImageToTensorLowering;
import io.edgewright.compiler.schedule.lowering.LoweringContext;
import io.edgewright.compiler.schedule.lowering.MapLowering;
import io.edgewright.compiler.schedule.lowering.MatrixMultiplyLowering;
import io.edgewright.compiler.schedule.lowering.PadLowering;
import io.edgewright.compiler.schedule.lowering.PoolLowering;
import io.edgewright.compiler.schedule.lowering.ReduceLowering;
import io.edgewright.compiler.schedule.lowering.ResizeLowering;
import io.edgewright.compiler.schedule.lowering.SelectDetectionsLowering;
import io.edgewright.compiler.schedule.lowering.SoftmaxLowering;
import io.edgewright.compiler.schedule.lowering.TopKLowering;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    List<Step> steps = steps(graph, boundary, parts);
    return new Program(steps, MemoryPlan.of(steps), parts.weights().content());
  }

  /// The steps of a graph that stands alone or inside of an operator.
  static List<Step> steps(Graph graph, Boundary boundary, ProgramParts parts) {
    Map<Value, View> views = Placement.of(graph, boundary, parts.weights(), parts.buffers());
    LoweringContext context = new LoweringContext(graph, views, parts);
    Scheduler scheduler = new Scheduler(context, boundary);
    graph.nodes().forEach(scheduler::lower);
    scheduler.copyRemainingOutputs();
    return context.steps();
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
    }
  }

  /// A view costs nothing unless its output had to lie elsewhere.
  private void view(Node node) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    Optional<View> seen = ViewOps.apply(node.op(), input);
    if (seen.isEmpty()) {
      CopyLowering.reshape(context, node, input, output);
    } else if (!seen.get().sameMemory(output)) {
      CopyLowering.lower(context, node, seen.get(), output);
    }
  }

  /// Parts that were not written in place are copied there.
  private void concat(Node node, int axis) {
    View whole = context.view(node.output());
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
        Node copy =
            new Node(output.name(), new Op.Reshape(output.shape()), List.of(output), List.of());
        CopyLowering.lower(context, copy, made, place);
      }
    }
  }
}
