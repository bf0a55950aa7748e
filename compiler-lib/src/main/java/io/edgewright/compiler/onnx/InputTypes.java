package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.onnx.operators.TensorDecoder;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Types of a graph's inputs as the model states them: dimensions without a number are symbols,
/// named as the model names them, or `input.axis` where it does not.
final class InputTypes {
  private InputTypes() {}

  /// Inputs that are not initializers (models of IR 3 and older list those too), in order.
  static List<ValueInfoProto> inputs(GraphProto graph) {
    Set<String> initializers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return graph.getInputList().stream()
        .filter(input -> !initializers.contains(input.getName()))
        .toList();
  }

  /// Types by input, with symbols; inputs with a problem are left out.
  static Map<String, TensorType> read(GraphProto graph, List<Problem> problems) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (ValueInfoProto input : inputs(graph)) {
      try {
        types.put(input.getName(), type(input));
      } catch (CompileException e) {
        problems.addAll(e.problems());
      }
    }
    return types;
  }

  private static TensorType type(ValueInfoProto input) {
    Location where = Location.value(input.getName());
    TypeProto type = input.getType();
    if (!type.hasTensorType()) {
      throw new CompileException(
          ErrorCode.TYPE_UNSUPPORTED,
          where,
          "an input that is no tensor",
          "tensors",
          "export the model with tensors as inputs");
    }
    ElementType element = TensorDecoder.elementType(type.getTensorType().getElemType(), where);
    if (!type.getTensorType().hasShape()) {
      throw new CompileException(
          ErrorCode.DIMENSION_UNBOUND,
          where,
          "an input without a shape",
          "a stated number of dimensions",
          "state the input's shape when exporting");
    }
    List<Dimension> dimensions = new ArrayList<>();
    for (TensorShapeProto.Dimension stated : type.getTensorType().getShape().getDimList()) {
      dimensions.add(dimension(stated, input.getName() + "." + dimensions.size(), where));
    }
    return new TensorType(element, new Shape(dimensions));
  }

  private static Dimension dimension(
      TensorShapeProto.Dimension stated, String fallback, Location where) {
    if (stated.hasDimValue()) {
      if (stated.getDimValue() < 0) {
        throw new CompileException(
            ErrorCode.GRAPH_INVALID,
            where,
            "an input of extent " + stated.getDimValue(),
            "0 or more, or a name",
            "export the model again with a named dimension");
      }
      return Dimension.of(stated.getDimValue());
    }
    return Dimension.of(stated.getDimParam().isEmpty() ? fallback : stated.getDimParam());
  }

  /// The types with every symbol replaced by what `dims` says of it; a problem for each that has
  /// none, and for each number that belongs to none.
  static Map<String, TensorType> bind(
      Map<String, TensorType> types, Map<String, Dimension> dims, List<Problem> problems) {
    Set<String> symbols = new LinkedHashSet<>();
    Map<String, TensorType> bound = new LinkedHashMap<>();
    Map<String, Dimension> usable = new LinkedHashMap<>(dims);
    usable.values().removeIf(Dimension.of(0)::equals);
    types.forEach((input, type) -> {
      for (String symbol : symbols(type.shape())) {
        if (symbols.add(symbol) && !dims.containsKey(symbol)) {
          problems.add(unbound(input, type, symbol));
        }
      }
      bound.put(input, type.withShape(type.shape().bind(usable)));
    });
    dims.forEach((name, number) -> {
      if (!symbols.contains(name)) {
        problems.add(unknown(name, symbols));
      } else if (number.equals(Dimension.of(0))) {
        problems.add(notPositive(name, number));
      }
    });
    return bound;
  }

  private static List<String> symbols(Shape shape) {
    List<String> symbols = new ArrayList<>();
    for (Dimension dimension : shape.dimensions()) {
      if (dimension instanceof Dimension.Symbol(String name)) {
        symbols.add(name);
      }
    }
    return symbols;
  }

  private static Problem unbound(String input, TensorType type, String symbol) {
    return new Problem(
        ErrorCode.DIMENSION_UNBOUND,
        Location.value(input),
        "dimension `" + symbol + "` of the input " + type + " has no number",
        "a number or a maximum for every dimension of the inputs",
        "give `--dim "
            + symbol
            + "=1`, or `\"dims\": {\""
            + symbol
            + "\": 1}` in the manifest, with the number that you need; where runs differ, `--dim "
            + symbol
            + "=..8` or `{\"maximum\": 8}` with the most that you need");
  }

  private static Problem unknown(String name, Set<String> symbols) {
    return new Problem(
        ErrorCode.DIMENSION_UNKNOWN,
        new Location("dimension `" + name + "`"),
        "a number for a dimension that the model's inputs do not have",
        symbols.isEmpty()
            ? "none, since all dimensions of the inputs are numbers already"
            : "`" + String.join("`, `", symbols) + "`",
        "take one of the names under \"allowed\", or leave it out");
  }

  private static Problem notPositive(String name, Dimension number) {
    return new Problem(
        ErrorCode.DIMENSION_UNKNOWN,
        new Location("dimension `" + name + "`"),
        "the number " + number,
        "1 or more",
        "give a positive number");
  }
}
