package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.NodeFormula;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.ConvolutionMethod;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.ProgramParts;
import io.edgewright.compiler.schedule.Step;
import io.edgewright.compiler.schedule.WeightsBuilder;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What every lowering needs: where values lie, the constants, the machine, and a list to append
/// functions to.
public final class LoweringContext {
  private final Graph graph;
  private final Map<Value, View> views;
  private final ProgramParts parts;
  private final List<Step> steps = new ArrayList<>();

  public LoweringContext(Graph graph, Map<Value, View> views, ProgramParts parts) {
    this.graph = graph;
    this.views = views;
    this.parts = parts;
  }

  public Graph graph() {
    return graph;
  }

  public Machine machine() {
    return parts.machine();
  }

  /// What the graph shares with those around it and inside of it.
  public ProgramParts parts() {
    return parts;
  }

  /// How convolutions may be computed.
  public ConvolutionMethod method() {
    return parts.method();
  }

  public WeightsBuilder weights() {
    return parts.weights();
  }

  /// Where a value lies.
  public View view(Value value) {
    View view = views.get(value);
    if (view == null) {
      throw new IllegalStateException(value + " has no place");
    }
    return view;
  }

  /// Which input of the program a value is.
  public int inputIndex(Value value) {
    return graph.inputs().indexOf(value);
  }

  /// A dense buffer of the arena for the time of a few functions, with the axes of `order` from the
  /// outermost to the innermost.
  public View scratch(ElementType element, Shape shape, List<Integer> order) {
    long bytes = new TensorType(element, shape).capacityBytes();
    return View.ordered(parts.buffers().arena(bytes), element, shape, order);
  }

  /// The view itself when elements along `axis` are neighbours, else a copy where they are.
  public View dense(View view, int axis, Node node) {
    if (view.stride(axis) == 1 || view.extent(axis) == 1) {
      return view;
    }
    List<Integer> order = new ArrayList<>(rowMajorAxes(view.rank()));
    order.remove(Integer.valueOf(axis));
    order.add(axis);
    View copy = scratch(view.element(), view.shape(), order);
    CopyLowering.lower(this, node, view, copy);
    return copy;
  }

  /// The view itself when its elements lie in row-major order without gaps, else a copy that does.
  public View rowMajor(View view, Node node) {
    View copy = scratch(view.element(), view.shape(), rowMajorAxes(view.rank()));
    View expected =
        new View(view.buffer(), view.element(), view.offset(), view.shape(), copy.strides());
    if (view.sameMemory(expected)) {
      return view;
    }
    CopyLowering.lower(this, node, view, copy);
    return copy;
  }

  private static List<Integer> rowMajorAxes(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  /// A function named for what it does, such as `convolution_12`; it computes a whole node.
  public LoopBuilder function(String kind, Node node) {
    return new LoopBuilder(kind + "_" + parts.kernels(), node.name(), NodeFormula.of(node));
  }

  /// A function that only moves what a node reads or makes.
  LoopBuilder copy(Node node) {
    return function("copy", node, "copies elements to where they are needed");
  }

  /// A function that does a part of what a node needs.
  public LoopBuilder function(String kind, Node node, String meaning) {
    return new LoopBuilder(kind + "_" + parts.kernels(), node.name(), List.of(meaning));
  }

  public void add(LoopFunction function) {
    parts.countKernel();
    add(new Step.Call(function));
  }

  public void add(Step step) {
    steps.add(step);
  }

  /// What was lowered so far, in order of execution.
  public List<Step> steps() {
    return steps;
  }
}
