package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Attributes of a node, each read with the type that the importer expects. Attributes that no
/// importer has read are a problem: they would mean something that is not compiled.
public final class Attributes {
  private final NodeProto node;
  private final String name;
  private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();

  /// `consumed_inputs` was a hint to the first runtimes.
  private final Set<String> read = new HashSet<>(List.of("consumed_inputs"));

  Attributes(NodeProto node, String name) {
    this.node = node;
    this.name = name;
    node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
  }

  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  public long integer(String attribute, long otherwise) {
    return read(attribute, AttributeType.INT, AttributeProto::getI).orElse(otherwise);
  }

  /// @throws CompileException when it is left out
  public long required(String attribute) {
    if (!has(attribute)) {
      throw invalid(attribute, "no value", "an integer", "give the attribute");
    }
    return integer(attribute, 0);
  }

  public boolean flag(String attribute, boolean otherwise) {
    return integer(attribute, otherwise ? 1 : 0) != 0;
  }

  public double real(String attribute, double otherwise) {
    return read(attribute, AttributeType.FLOAT, AttributeProto::getF)
        .map(Float::doubleValue)
        .orElse(otherwise);
  }

  public String text(String attribute, String otherwise) {
    return read(attribute, AttributeType.STRING, found -> found.getS().toStringUtf8())
        .orElse(otherwise);
  }

  /// One of several words.
  ///
  /// @throws CompileException when it is another
  public String word(String attribute, String otherwise, List<String> allowed) {
    String word = text(attribute, otherwise);
    if (!allowed.contains(word)) {
      throw invalid(
          attribute, "`" + word + "`", String.join(", ", allowed), "use one of the allowed values");
    }
    return word;
  }

  public Optional<List<Long>> integers(String attribute) {
    return read(attribute, AttributeType.INTS, found -> List.copyOf(found.getIntsList()));
  }

  public Optional<List<Float>> reals(String attribute) {
    return read(attribute, AttributeType.FLOATS, found -> List.copyOf(found.getFloatsList()));
  }

  public Optional<Tensor> tensor(String attribute) {
    return read(attribute, AttributeType.TENSOR, AttributeProto::getT)
        .map(proto -> decode(attribute, proto));
  }

  public Optional<List<String>> texts(String attribute) {
    return read(
        attribute,
        AttributeType.STRINGS,
        found -> found.getStringsList().stream().map(ByteString::toStringUtf8).toList());
  }

  /// @throws CompileException when it is left out
  public GraphProto graph(String attribute) {
    return read(attribute, AttributeType.GRAPH, AttributeProto::getG)
        .orElseThrow(() -> invalid(attribute, "no value", "a graph", "give the attribute"));
  }

  /// Reads an attribute that changes nothing here, such as a hint to training.
  public void ignore(String... names) {
    read.addAll(List.of(names));
  }

  Tensor decode(String attribute, TensorProto proto) {
    return TensorDecoder.decode(proto, where(attribute));
  }

  /// The attribute as it stands in the model, whatever its type.
  Optional<AttributeProto> raw(String attribute) {
    read.add(attribute);
    return Optional.ofNullable(attributes.get(attribute));
  }

  private <T> Optional<T> read(
      String attribute, AttributeType type, Function<AttributeProto, T> value) {
    Optional<AttributeProto> found = raw(attribute);
    found
        .filter(proto -> proto.getType() != type && !isUntyped(proto))
        .ifPresent(proto -> {
          throw invalid(
              attribute, "a value of type " + proto.getType(), type.name(), "export it again");
        });
    return found.map(value);
  }

  /// Models of IR version 1 do not state the type of an attribute.
  private static boolean isUntyped(AttributeProto proto) {
    return proto.getType() == AttributeType.UNDEFINED;
  }

  public Location where(String attribute) {
    return Location.attribute(name, node.getOpType(), attribute);
  }

  public CompileException invalid(String attribute, String seen, String allowed, String hint) {
    return new CompileException(ErrorCode.OPERATOR_INVALID, where(attribute), seen, allowed, hint);
  }

  public CompileException unsupported(String attribute, String seen, String allowed, String hint) {
    return new CompileException(
        ErrorCode.OPERATOR_UNSUPPORTED, where(attribute), seen, allowed, hint);
  }

  /// @throws CompileException when the node has an attribute that nobody has read
  public void checkAllRead() {
    for (String attribute : attributes.keySet()) {
      if (!read.contains(attribute)) {
        throw unsupported(
            attribute,
            "an attribute that is not known here",
            String.join(", ", new TreeSet<>(read)),
            "remove the attribute if the model does not need it, or export with another opset");
      }
    }
  }
}
