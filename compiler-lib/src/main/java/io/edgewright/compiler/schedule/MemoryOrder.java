package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.View;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Which axis lies innermost: for every value the order of axes in memory that its maker likes
/// best. Convolutions, pools and resizes like channels innermost; elementwise operators keep the
/// order of their largest input; views follow what they look at.
final class MemoryOrder {
  private final Graph graph;
  private final Map<Value, View> natural = new HashMap<>();

  private MemoryOrder(Graph graph) {
    this.graph = graph;
  }

  /// @param inputs where the graph's inputs lie
  static MemoryOrder of(Graph graph, List<View> inputs) {
    MemoryOrder order = new MemoryOrder(graph);
    for (int i = 0; i < inputs.size(); i++) {
      Value input = graph.inputs().get(i);
      if (input.shape().hasCapacity()) {
        order.put(input, bySteps(inputs.get(i)));
      }
    }
    graph.constants().keySet().forEach(value -> order.put(value, rowMajor(value.shape().rank())));
    graph.nodes().forEach(order::follow);
    return order;
  }

  /// Axes from the outermost to the innermost.
  List<Integer> axes(Value value) {
    View view = view(value);
    return IntStream.range(0, view.rank())
        .boxed()
        .sorted(Comparator.comparingLong((Integer axis) -> view.stride(axis)).reversed())
        .toList();
  }

  /// Whether the node is only a view of its first input.
  boolean isView(Node node) {
    return ViewOps.isViewOp(node.op());
  }

  /// Whether the maker of a value can write to a place as well as to its own choice: it can when
  /// the axis that it keeps innermost is dense there.
  boolean accepts(Value value, View place) {
    View own = view(value);
    for (int axis = 0; axis < own.rank(); axis++) {
      if (own.extent(axis) > 1 && own.stride(axis) == 1) {
        return place.stride(axis) == 1;
      }
    }
    return true;
  }

  /// Whether a kernel stores a constant in an order of its own instead of reading it as it is, or
  /// has it in its text.
  boolean packs(Node node, Value constant) {
    return switch (node.op()) {
      case Op.Convolution _ ->
          node.inputs().indexOf(constant) == 1 || node.inputs().indexOf(constant) == 2;
      case Op.MatrixMultiply _ -> node.inputs().indexOf(constant) == 1;
      case Op.Loop _ -> node.inputs().lastIndexOf(constant) == 0;
      case Op _ -> false;
    };
  }

  private void follow(Node node) {
    switch (node.op()) {
      case Op.Convolution _, Op.Pool _, Op.Resize _ ->
          put(node.output(), channelsLast(node.output().shape().rank()));
      case Op.ImageToTensor image ->
          put(node.output(), image.channelsLast() ? rowMajor(4) : channelsLast(4));
      case Op.SelectDetections _, Op.NonMaxSuppression _, Op.NonZero _ -> rowMajorOutputs(node);
      case Op.Extents _, Op.MatrixMultiply _, Op.If _, Op.Loop _ -> rowMajorOutputs(node);
      case Op.Scatter _, Op.Unique _ -> rowMajorOutputs(node);
      case Op.Transpose _, Op.Reshape _, Op.Slice _, Op.Expand _ -> followView(node);
      case Op _ -> followLargestInput(node);
    }
  }

  private void rowMajorOutputs(Node node) {
    node.outputs().forEach(output -> put(output, rowMajor(output.shape().rank())));
  }

  private void followView(Node node) {
    Value output = node.output();
    ViewOps.apply(node.op(), view(node.input(0)))
        .ifPresentOrElse(
            view -> put(output, bySteps(view)), () -> put(output, rowMajor(output.shape().rank())));
  }

  private void followLargestInput(Node node) {
    Value leader =
        node.inputs().stream()
            .filter(input -> !graph.isConstant(input))
            .max(
                Comparator.comparingLong(
                    input -> input.type().capacityBytes() / input.type().element().bytes()))
            .orElse(node.input(0));
    for (Value output : node.outputs()) {
      boolean sameRank = output.shape().rank() == leader.shape().rank();
      put(output, sameRank ? axes(leader) : rowMajor(output.shape().rank()));
    }
  }

  private void put(Value value, List<Integer> axes) {
    Buffer nowhere = new Buffer(-1, Buffer.Space.ARENA, 0, 0);
    natural.put(value, View.ordered(nowhere, value.type().element(), value.shape(), axes));
  }

  private View view(Value value) {
    View view = natural.get(value);
    if (view == null) {
      throw new IllegalStateException(value + " is read before it is made");
    }
    return view;
  }

  /// Longest step first; axes of extent 1 do not matter.
  private static List<Integer> bySteps(View view) {
    return IntStream.range(0, view.rank())
        .boxed()
        .sorted(
            Comparator.comparingLong(
                (Integer axis) -> view.extent(axis) == 1 ? 0 : -Math.abs(view.stride(axis))))
        .toList();
  }

  private static List<Integer> rowMajor(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  private static List<Integer> channelsLast(int rank) {
    return IntStream.range(0, rank)
        .map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1)
        .boxed()
        .toList();
  }
}
