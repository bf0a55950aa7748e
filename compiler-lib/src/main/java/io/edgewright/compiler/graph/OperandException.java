package io.edgewright.compiler.graph;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;

/// The operands do not fit the operator. Says what was seen and what would fit; where in the model
/// that is knows only whoever adds the node, see [#at].
public final class OperandException extends RuntimeException {
  private final ErrorCode code;
  private final String seen;
  private final String allowed;
  private final String hint;

  public OperandException(ErrorCode code, String seen, String allowed, String hint) {
    super(seen + "; allowed: " + allowed);
    this.code = code;
    this.seen = seen;
    this.allowed = allowed;
    this.hint = hint;
  }

  /// Shapes that do not fit each other or the operator.
  static OperandException shape(String seen, String allowed) {
    return new OperandException(
        ErrorCode.SHAPE_MISMATCH,
        seen,
        allowed,
        "check the shapes of this node's inputs in the model, and the numbers given for `dims`");
  }

  /// Element types that do not fit each other or the operator.
  static OperandException type(String seen, String allowed) {
    return new OperandException(
        ErrorCode.SHAPE_MISMATCH,
        seen,
        allowed,
        "insert a Cast before this node in the model, or export it again");
  }

  static void require(boolean condition, String seen, String allowed) {
    if (!condition) {
      throw shape(seen, allowed);
    }
  }

  static void requireAxis(int axis, Shape shape) {
    require(
        axis >= 0 && axis < shape.rank(),
        "axis " + axis + " of " + shape,
        "an axis of rank " + shape.rank());
  }

  static void requireOneType(List<TensorType> operands) {
    if (operands.stream().map(TensorType::element).distinct().count() > 1) {
      throw type("operands " + operands, "operands of one element type");
    }
  }

  static void requireNumbers(TensorType operand) {
    if (operand.element() == ElementType.BOOL) {
      throw type("operand " + operand, "numbers");
    }
  }

  /// The same as a problem at a place of the model.
  public CompileException at(Location where) {
    return new CompileException(code, where, seen, allowed, hint);
  }
}
