package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the model says of its outputs and of values in between, compared with what was inferred. A
/// difference means that the model does not do what its author thinks.
final class DeclaredTypes {
  private final Map<String, Dimension> dims;

  private DeclaredTypes(Map<String, Dimension> dims) {
    this.dims = dims;
  }

  static List<Problem> check(
      GraphProto graph, Map<String, Value> values, Map<String, Dimension> dims) {
    DeclaredTypes declared = new DeclaredTypes(dims);
    List<Problem> problems = new ArrayList<>();
    for (List<ValueInfoProto> list : List.of(graph.getOutputList(), graph.getValueInfoList())) {
      for (ValueInfoProto info : list) {
        Value value = values.get(info.getName());
        if (value != null && info.getType().hasTensorType()) {
          declared.check(info, value.type(), problems);
        }
      }
    }
    return problems;
  }

  private void check(ValueInfoProto info, TensorType inferred, List<Problem> problems) {
    TypeProto.Tensor stated = info.getType().getTensorType();
    boolean element =
        stated.getElemType() == 0 || stated.getElemType() == inferred.element().onnxCode();
    if (!element || (stated.hasShape() && !fits(stated.getShape(), inferred))) {
      problems.add(
          new Problem(
              ErrorCode.SHAPE_MISMATCH,
              Location.value(info.getName()),
              "declared as " + text(stated) + ", computed as " + inferred,
              "one type",
              "export the model again, or remove the declaration; shapes baked into the model may"
                  + " not fit the numbers given for `dims`"));
    }
  }

  private boolean fits(TensorShapeProto stated, TensorType inferred) {
    boolean fits = stated.getDimCount() == inferred.shape().rank();
    for (int axis = 0; fits && axis < stated.getDimCount(); axis++) {
      TensorShapeProto.Dimension dimension = stated.getDim(axis);
      fits = fits(dimension, inferred.shape().dimensions().get(axis).count());
    }
    return fits;
  }

  private boolean fits(TensorShapeProto.Dimension stated, Count inferred) {
    boolean number = stated.hasDimValue() && stated.getDimValue() > 0;
    Dimension extent = number ? Dimension.of(stated.getDimValue()) : dims.get(stated.getDimParam());
    return extent == null || inferred.meets(extent.count());
  }

  private static String text(TypeProto.Tensor stated) {
    List<String> extents =
        stated.getShape().getDimList().stream()
            .map(d -> d.hasDimValue() ? "" + d.getDimValue() : "`" + d.getDimParam() + "`")
            .toList();
    return "element type " + stated.getElemType() + " " + extents;
  }
}
