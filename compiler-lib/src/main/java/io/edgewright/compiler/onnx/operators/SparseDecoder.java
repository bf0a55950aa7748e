package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.TensorLimit;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;

/// Writes sparse tensors out. Indices are one number per value (row-major) or one row of
/// coordinates per value.
public final class SparseDecoder {
  private final Tensor values;
  private final Tensor indices;
  private final Shape shape;
  private final Location where;

  private SparseDecoder(SparseTensorProto proto, Location where) {
    this.values = TensorDecoder.decode(proto.getValues(), where);
    this.indices = TensorDecoder.decode(proto.getIndices(), where);
    this.where = where;
    if (proto.getDimsList().stream().anyMatch(extent -> extent < 0)) {
      throw invalid("a sparse tensor " + proto.getDimsList(), "extents of 0 or more");
    }
    this.shape = Shape.of(proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
  }

  /// @throws CompileException when an index does not fit
  public static Tensor decode(SparseTensorProto proto, Location where) {
    return new SparseDecoder(proto, where).dense();
  }

  private Tensor dense() {
    TensorType type = checked(new TensorType(values.element(), shape));
    boolean linear = indices.shape().rank() == 1;
    int width = linear ? 1 : shape.rank();
    if (indices.size() != (long) values.size() * width) {
      throw invalid(indices.type() + " of " + values.type(), width + " indices for each value");
    }
    double[] dense = new double[Math.toIntExact(type.shape().elements())];
    long[] extents = linear ? new long[] {dense.length} : shape.extents();
    for (int i = 0; i < values.size(); i++) {
      long at = 0;
      for (int axis = 0; axis < width; axis++) {
        long index = indices.getLong(i * width + axis);
        if (index < 0 || index >= extents[axis]) {
          throw invalid("sparse index " + index, "0 to " + (extents[axis] - 1));
        }
        at = at * extents[axis] + index;
      }
      dense[(int) at] = values.getDouble(i);
    }
    return Tensor.ofDoubles(type.element(), shape, dense);
  }

  private TensorType checked(TensorType type) {
    try {
      return TensorLimit.check(type);
    } catch (OperandException e) {
      throw e.at(where);
    }
  }

  private CompileException invalid(String seen, String allowed) {
    return new CompileException(
        ErrorCode.INITIALIZER_INVALID, where, seen, allowed, "export the model again");
  }
}
