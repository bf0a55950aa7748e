package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `p = Pad(x, v); y = Convolution(p)` -> `y = Convolution(x)` with a wider window, where v is what
/// counts outside the picture anyway, around the spatial axes alone. A convolution without padding
/// of its own takes on v where its numbers are bytes.
final class FusePads {
  private FusePads() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    graph.nodes().forEach(node -> sweep.write(fuse(sweep, node).orElse(node)));
    return RemoveDeadNodes.rewrite(sweep.finish());
  }

  private static Optional<Node> fuse(Sweep sweep, Node node) {
    if (!(node.op() instanceof Op.Convolution(Window window, int groups, long own, var epilogue))) {
      return Optional.empty();
    }
    boolean free = window.isUnpadded() && node.input(0).type().element().isByte();
    Node pad = sweep.producer(node.input(0)).orElse(node);
    if (!(pad.op() instanceof Op.Pad(Op.PadMode mode, var begin, var end, double value))
        || mode != Op.PadMode.CONSTANT
        || (value != own && !free)
        || begin.get(0) + begin.get(1) + end.get(0) + end.get(1) != 0) {
      return Optional.empty();
    }
    Window wider =
        new Window(
            window.kernel(),
            window.strides(),
            window.dilations(),
            sum(window.padsBegin(), begin),
            sum(window.padsEnd(), end));
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, pad.input(0));
    return Optional.of(
        new Node(
            node.name(),
            new Op.Convolution(wider, groups, (long) value, epilogue),
            inputs,
            node.outputs()));
  }

  private static List<Integer> sum(List<Integer> pads, List<Long> amounts) {
    List<Integer> sum = new ArrayList<>();
    for (int axis = 0; axis < pads.size(); axis++) {
      sum.add(Math.toIntExact(pads.get(axis) + amounts.get(axis + 2)));
    }
    return sum;
  }
}
