package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `s = Convolution(x, w, b); y = s * scale + shift` -> `y = Convolution(x, w * scale, b * scale +
/// shift)` where scale and shift are constants for each channel (a batch normalisation, for one).
/// Not where somebody else reads s, or where the convolution has an epilogue already.
final class FoldScales {
  private FoldScales() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    graph.nodes().forEach(node -> sweep.write(fold(sweep, node).orElse(node)));
    return RemoveDeadNodes.rewrite(sweep.finish());
  }

  private static Optional<Node> fold(Sweep sweep, Node map) {
    if (!(map.op() instanceof Op.Map(Expression expression))) {
      return Optional.empty();
    }
    for (Value input : map.inputs()) {
      Optional<Node> sum =
          sweep.soleProducer(input).filter(node -> isPlainConvolution(sweep, node));
      if (sum.isPresent() && input.type().equals(map.output().type())) {
        Optional<AffineForm> affine = AffineForm.of(expression, map, input, sweep);
        if (affine.isPresent()) {
          sweep.takeBack(sum.get());
          return Optional.of(fold(sweep, map, sum.get(), affine.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isPlainConvolution(Sweep sweep, Node node) {
    return node.op() instanceof Op.Convolution(var _, int _, long _, Expression epilogue)
        && epilogue.equals(Expression.identity())
        && node.output().type().element() == ElementType.FLOAT32
        && sweep.constant(node.input(1)).isPresent()
        && sweep.constant(node.input(2)).isPresent();
  }

  private static Node fold(Sweep sweep, Node map, Node convolution, AffineForm affine) {
    Tensor weights = sweep.constant(convolution.input(1)).orElseThrow();
    Tensor bias = sweep.constant(convolution.input(2)).orElseThrow();
    int channels = bias.size();
    int each = weights.size() / channels;
    double[] scaled = weights.toDoubles();
    double[] shifted = bias.toDoubles();
    for (int channel = 0; channel < channels; channel++) {
      for (int i = channel * each; i < (channel + 1) * each; i++) {
        scaled[i] *= affine.scale(channel);
      }
      shifted[channel] = shifted[channel] * affine.scale(channel) + affine.shift(channel);
    }
    List<Value> inputs = new ArrayList<>(convolution.inputs());
    inputs.set(1, sweep.addConstant(inputs.get(1).name(), floats(weights.shape(), scaled)));
    inputs.set(2, sweep.addConstant(inputs.get(2).name(), floats(bias.shape(), shifted)));
    return new Node(convolution.name(), convolution.op(), inputs, map.outputs());
  }

  private static Tensor floats(Shape shape, double[] values) {
    return Tensor.ofDoubles(ElementType.FLOAT32, shape, values);
  }
}
