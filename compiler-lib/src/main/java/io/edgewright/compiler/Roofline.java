package io.edgewright.compiler;

import io.edgewright.compiler.graph.Cost;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.ElementType;
import java.util.EnumSet;
import java.util.Set;

/// How long one core of a target takes for a node. A layer takes as long as its arithmetic at the
/// share of the peak rate that its kernel reaches, or as long as its bytes take, whichever is more:
///
/// ```
/// arithmetic = operations / 2 / (lanes * vectorOperationsPerCycle * share) / clock
/// bytes      = cached / (registerBytes / 2 * clock)  +  streamed / memoryBytesPerSecond
/// ```
///
/// The shares are fitted to what the shared float models take on x86-64 with AVX-512; docs/plan.md
/// has the table of predicted and measured times.
final class Roofline {
  private static final double DENSE = 0.85;

  /// Few input channels leave no chain of additions long enough to fill the pipes.
  private static final double SHALLOW = 0.45;

  private static final int SHALLOW_DEPTH = 8;
  private static final double DEPTHWISE = 0.5;
  private static final double ELEMENTWISE = 0.3;
  private static final Set<Class<? extends Op>> ELEMENTWISE_KINDS =
      Set.of(Op.Map.class, Op.Pool.class, Op.Reduce.class, Op.Softmax.class);

  /// Types that have kernels. Products of bytes are taken for as fast as those of floats, which is
  /// on the slow side where a processor sums four of them at once.
  private static final Set<ElementType> HANDWRITTEN =
      EnumSet.of(ElementType.FLOAT32, ElementType.INT8, ElementType.UINT8);

  /// Loops that nobody has written by hand.
  private static final double GENERIC = 0.04;

  /// A polynomial takes this many times as long as an addition.
  private static final int STEPS_OF_A_POLYNOMIAL = 12;

  private static final Set<ScalarFunction> POLYNOMIALS =
      EnumSet.range(ScalarFunction.EXP, ScalarFunction.SIGMOID);

  private final Target target;

  /// Weights that fit the caches beside everything else are still there from the last frame.
  private final boolean weightsStayCached;

  Roofline(Target target, long weightsBytes) {
    this.target = target;
    this.weightsStayCached = weightsBytes <= target.l2Bytes() / 2;
  }

  double micros(Node node, long weightBytes, long activationBytes) {
    double perCycle = lanes(node) * target.throughput().vectorOperationsPerCycle() * share(node);
    double cycles = operations(node) / 2 / perCycle;
    boolean activationsCached = activationBytes <= target.l2Bytes() / 2;
    double streamed =
        (weightsStayCached ? 0.0 : weightBytes) + (activationsCached ? 0.0 : activationBytes);
    double cached = weightBytes + activationBytes - streamed;
    double cachedBytesPerCycle = target.vectorBits() / (2.0 * Byte.SIZE);
    double byteMicros =
        cached / cachedBytesPerCycle / target.clockMegahertz()
            + streamed / target.throughput().memoryBytesPerSecond() * 1e6;
    return Math.max(cycles / target.clockMegahertz(), byteMicros);
  }

  private double lanes(Node node) {
    return Math.max(1, target.lanes(Math.max(Float.BYTES, element(node).bytes())));
  }

  private static ElementType element(Node node) {
    return node.inputs().getFirst().type().element();
  }

  private static double operations(Node node) {
    return Cost.of(node).operations() + extra(expression(node.op())) * elements(node);
  }

  /// What is computed for each element of the output, beside sums.
  private static Expression expression(Op op) {
    if (op instanceof Op.Convolution convolution) {
      return convolution.epilogue();
    }
    if (op instanceof Op.MatrixMultiply product) {
      return product.epilogue();
    }
    return op instanceof Op.Map map ? map.expression() : Expression.identity();
  }

  private static double elements(Node node) {
    Value output = node.outputs().getFirst();
    return output.shape().hasCapacity() ? output.shape().atCapacity().elements() : 0;
  }

  /// What functions cost beyond the one operation that [Cost] counts for each.
  private static double extra(Expression expression) {
    return switch (expression) {
      case Expression.Input _, Expression.Real _, Expression.Whole _ -> 0;
      case Expression.Convert(ElementType _, Expression argument) -> extra(argument);
      case Expression.Apply(ScalarFunction function, var arguments) ->
          (POLYNOMIALS.contains(function) ? STEPS_OF_A_POLYNOMIAL : 0)
              + arguments.stream().mapToDouble(Roofline::extra).sum();
    };
  }

  private static double share(Node node) {
    if (!HANDWRITTEN.contains(element(node))) {
      return GENERIC;
    }
    if (node.op() instanceof Op.Convolution convolution) {
      return convolution(node, convolution.groups());
    }
    if (node.op() instanceof Op.MatrixMultiply) {
      return DENSE;
    }
    return ELEMENTWISE_KINDS.contains(node.op().getClass()) ? ELEMENTWISE : GENERIC;
  }

  private static double convolution(Node node, int groups) {
    long depth = node.input(1).shape().extent(1);
    if (groups > 1) {
      return depth == 1 ? DEPTHWISE : SHALLOW;
    }
    return depth < SHALLOW_DEPTH ? SHALLOW : DENSE;
  }
}
