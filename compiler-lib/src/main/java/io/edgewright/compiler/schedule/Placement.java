package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Dimension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides where every value of a graph lies, before any kernel is written.
///
/// First, in order of execution, each value gets the order of axes that its maker likes best (see
/// [MemoryOrder]). Then, against the order of execution, values are put where their readers want
/// them: a graph output into the memory of whoever runs the graph, a part of a concatenation into
/// the whole, and through transpositions and reshapes further back. What remains gets a buffer of
/// its own. Last, in order again, values that are only other views of something get those views.
final class Placement {
  /// What is smaller is there in an instant.
  private static final long SMALLEST_TABLE = 1 << 20;

  private final Graph graph;
  private final MemoryOrder order;
  private final Boundary boundary;
  private final WeightsBuilder weights;
  private final BufferSource buffers;
  private final Map<Value, View> views = new HashMap<>();

  private Placement(Graph graph, Boundary boundary, WeightsBuilder weights, BufferSource buffers) {
    this.graph = graph;
    this.order = MemoryOrder.of(graph, boundary.inputs());
    this.boundary = boundary;
    this.weights = weights;
    this.buffers = buffers;
  }

  /// A view for every value of the graph. An output of a view operator (Transpose, Reshape, Slice)
  /// or a part of a concatenation may share memory with the input: then nothing is to be copied.
  static Map<Value, View> of(
      Graph graph, Boundary boundary, WeightsBuilder weights, BufferSource buffers) {
    Placement placement = new Placement(graph, boundary, weights, buffers);
    placement.placeInputsAndConstants();
    placement.placeOutputs();
    placement.placeBackwards();
    placement.placeForwards();
    return placement.views;
  }

  private void placeInputsAndConstants() {
    for (int i = 0; i < graph.inputs().size(); i++) {
      views.put(graph.inputs().get(i), boundary.inputs().get(i));
    }
    graph
        .constants()
        .forEach((value, tensor) -> {
          if (isReadAsItIs(value)) {
            Buffer buffer = isTable(value) ? weights.addTable(tensor) : weights.add(tensor);
            views.put(value, View.rowMajor(buffer, value.type().element(), value.shape()));
          }
        });
  }

  /// Large, and a call reads no more of it than the rows that it looks up.
  private boolean isTable(Value constant) {
    return constant.type().capacityBytes() >= SMALLEST_TABLE
        && !graph.outputs().contains(constant)
        && graph.nodes().stream()
            .filter(node -> node.inputs().contains(constant))
            .allMatch(node ->
                node.op() instanceof Op.Gather(int axis)
                    && axis == 0
                    && node.inputs().lastIndexOf(constant) == 0);
  }

  /// Kernels pack the weights of convolutions and products themselves.
  private boolean isReadAsItIs(Value constant) {
    return graph.outputs().contains(constant)
        || graph.nodes().stream()
            .anyMatch(node -> node.inputs().contains(constant) && !order.packs(node, constant));
  }

  private void placeOutputs() {
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value output = graph.outputs().get(i);
      View place = boundary.outputs().get(i);
      if (!views.containsKey(output) && order.accepts(output, place)) {
        views.put(output, place);
      }
    }
  }

  private void placeBackwards() {
    for (Node node : graph.nodes().reversed()) {
      for (Value output : node.outputs()) {
        if (!views.containsKey(output) && !order.isView(node)) {
          views.put(output, ownBuffer(output));
        }
      }
      if (order.isView(node)) {
        placeSource(node);
      } else if (node.op() instanceof Op.Concat(int axis)) {
        placeParts(node, axis);
      }
    }
  }

  private void placeSource(Node node) {
    Value source = node.input(0);
    View placed = views.get(node.output());
    if (placed == null || views.containsKey(source)) {
      return;
    }
    Optional<View> place =
        switch (node.op()) {
          case Op.Transpose(List<Integer> axes) -> Optional.of(placed.untranspose(axes));
          case Op.Reshape _ -> placed.reshape(source.shape());
          case Op _ -> Optional.empty();
        };
    place.filter(view -> order.accepts(source, view)).ifPresent(view -> views.put(source, view));
  }

  private void placeParts(Node node, int axis) {
    View whole = view(node.output());
    long start = 0;
    if (!(whole.dimension(axis) instanceof Dimension.Fixed)) {
      return; // where a part begins is known only at run time
    }
    for (Value part : node.inputs()) {
      View place = whole.part(axis, start, part.shape().extent(axis));
      if (!views.containsKey(part) && order.accepts(part, place)) {
        views.put(part, place);
      }
      start += part.shape().extent(axis);
    }
  }

  private void placeForwards() {
    for (Node node : graph.nodes()) {
      if (order.isView(node) && !views.containsKey(node.output())) {
        View source = view(node.input(0));
        views.put(
            node.output(),
            ViewOps.apply(node.op(), source).orElseGet(() -> ownBuffer(node.output())));
      }
    }
  }

  private View view(Value value) {
    View view = views.get(value);
    if (view == null) {
      throw new IllegalStateException(value + " has no place");
    }
    return view;
  }

  private View ownBuffer(Value value) {
    Buffer buffer = buffers.arena(value.type().capacityBytes());
    return View.ordered(buffer, value.type().element(), value.shape(), order.axes(value));
  }
}
