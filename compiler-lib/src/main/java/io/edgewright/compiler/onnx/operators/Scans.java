package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ADD;
import static io.edgewright.compiler.graph.ScalarFunction.MULTIPLY;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// CumSum and CumProd: log2(n) steps, each combining every element with the one 1, 2, 4... before
/// it.
public final class Scans {
  private Scans() {}

  public static Value sum(OnnxNode node) {
    return scan(node, ADD, 0);
  }

  public static Value product(OnnxNode node) {
    return scan(node, MULTIPLY, 1);
  }

  private static Value scan(OnnxNode node, ScalarFunction function, double neutral) {
    Value x = node.input(0);
    int axis = node.axis(node.integer(1, "axis"), x.shape().rank());
    boolean reverse = node.attributes().flag("reverse", false);
    boolean exclusive = node.attributes().flag("exclusive", false);
    long extent = x.shape().extent(axis);
    Value result = exclusive ? shifted(node, x, axis, 1, neutral, reverse) : x;
    for (long distance = 1; distance < extent; distance *= 2) {
      Value before = shifted(node, result, axis, distance, neutral, reverse);
      result = node.map(apply(function, x(), in(1)), result, before);
    }
    return result;
  }

  private static Value shifted(
      OnnxNode node, Value x, int axis, long distance, double neutral, boolean reverse) {
    long extent = x.shape().extent(axis);
    long moved = Math.min(distance, extent);
    Value rest = Slicing.part(node, x, axis, reverse ? moved : 0, extent - moved);
    List<Long> none = Collections.nCopies(x.shape().rank(), 0L);
    List<Long> amount = new ArrayList<>(none);
    amount.set(axis, moved);
    return node.add(
        new Op.Pad(Op.PadMode.CONSTANT, reverse ? none : amount, reverse ? amount : none, neutral),
        rest);
  }
}
