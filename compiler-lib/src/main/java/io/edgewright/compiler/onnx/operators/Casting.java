package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import java.util.Arrays;
import java.util.Locale;

/// Cast and CastLike.
public final class Casting {
  private Casting() {}

  public static Value cast(OnnxNode node) {
    node.attributes().ignore("saturate", "round_mode");
    ElementType to = node.opset() < 6 ? named(node) : attributeType(node, "to");
    return node.convert(node.input(0), to);
  }

  public static Value castLike(OnnxNode node) {
    node.attributes().ignore("saturate", "round_mode");
    return node.convert(node.input(0), node.input(1).type().element());
  }

  static ElementType attributeType(OnnxNode node, String attribute) {
    int code = (int) node.attributes().required(attribute);
    return TensorDecoder.elementType(code, node.attributes().where(attribute));
  }

  /// Before opset 6 the type was a word such as FLOAT.
  private static ElementType named(OnnxNode node) {
    String word = node.attributes().text("to", "").toLowerCase(Locale.ROOT);
    String name = word.equals("float") ? "float32" : word.equals("double") ? "float64" : word;
    return Arrays.stream(ElementType.values())
        .filter(type -> type.text().equals(name))
        .findFirst()
        .orElseThrow(() ->
            node.attributes()
                .invalid("to", "`" + word + "`", "an element type", "export it again"));
  }
}
