package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// MatMul and Gemm -> MatrixMultiply, with Transpose, Reshape and Map around it.
public final class MatrixProducts {
  private MatrixProducts() {}

  /// As numpy.matmul: a vector is a row on the left, a column on the right, and leaves no axis.
  public static Value matMul(OnnxNode node) {
    return matMul(
        node, node.input(0), node.input(1), (left, right) -> multiplyMatrices(node, left, right));
  }

  static Value matMul(OnnxNode node, Value a, Value b, BinaryOperator<Value> matrices) {
    if (a.shape().rank() == 0 || b.shape().rank() == 0) {
      throw node.shapes(a.shape() + " x " + b.shape(), "rank 1 or more", "use Mul for scalars");
    }
    Value left = a.shape().rank() > 1 ? a : node.reshape(a, Indexing.inserted(a.shape(), 0, 1));
    Value right = b.shape().rank() > 1 ? b : node.reshape(b, Indexing.inserted(b.shape(), 1, 1));
    Value product = matrices.apply(left, right);
    List<Dimension> extents = new ArrayList<>(product.shape().dimensions());
    if (b.shape().rank() == 1) {
      extents.removeLast();
    }
    if (a.shape().rank() == 1) {
      extents.remove(product.shape().rank() - 2);
    }
    return node.reshape(product, new Shape(extents));
  }

  static Value multiplyMatrices(OnnxNode node, Value a, Value b) {
    return node.add(new Op.MatrixMultiply(Expression.identity()), a, b);
  }

  /// alpha * A' * B' + beta * C
  public static Value gemm(OnnxNode node) {
    Attributes attributes = node.attributes();
    attributes.ignore("broadcast");
    double alpha = attributes.real("alpha", 1);
    double beta = attributes.real("beta", 1);
    Value a = matrix(node, 0, attributes.flag("transA", false));
    Value b = matrix(node, 1, attributes.flag("transB", false));
    Value product = multiplyMatrices(node, a, b);
    ElementType type = product.type().element();
    if (!type.isFloat() && (alpha != 1 || beta != 1)) {
      throw node.unsupported(
          "alpha " + alpha + " and beta " + beta + " with " + type.text(),
          "1 for integers",
          "scale with Mul nodes in the model");
    }
    Optional<Value> c = beta == 0 ? Optional.empty() : node.optional(2);
    Expression scaled = alpha == 1 ? x() : multiply(number(type, alpha), x());
    if (c.isEmpty()) {
      return alpha == 1 ? product : node.map(scaled, product);
    }
    Expression term = beta == 1 ? in(1) : multiply(number(type, beta), in(1));
    return node.map(add(scaled, term), product, c.get());
  }

  static Value matrix(OnnxNode node, int index, boolean transposed) {
    Value value = node.input(index);
    if (value.shape().rank() != 2) {
      throw node.shapes("operand " + value.shape(), "a matrix", "use MatMul for other ranks");
    }
    return transposed ? node.add(new Op.Transpose(List.of(1, 0)), value) : value;
  }
}
