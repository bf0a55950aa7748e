package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.Locale;

/// Inputs and outputs as `bundle.json` and `./model --describe` tell them.
final class PortJson {
  private PortJson() {}

  static ArrayNode of(List<Port> ports) {
    return Json.array(ports.stream().map(PortJson::of).toList());
  }

  private static ObjectNode of(Port port) {
    return switch (port) {
      case Port.Raw raw -> raw(raw);
      case Port.Image image -> image(image);
      case Port.Classes(_, List<String> labels, int count) -> {
        ObjectNode json = common(port, "classes");
        json.set("columns", Json.texts(List.of("class", "probability")));
        json.set("labels", Json.texts(labels));
        yield json.put("maximum", count);
      }
      case Port.Detections(_, List<String> labels, int maximum) -> {
        ObjectNode json = common(port, "detections");
        json.set("columns", Json.texts(List.of("x0", "y0", "x1", "y1", "score", "class")));
        json.set("labels", Json.texts(labels));
        yield json.put("maximum", maximum).put("unit", "pixels");
      }
    };
  }

  private static ObjectNode raw(Port.Raw raw) {
    ObjectNode json = common(raw, "tensor");
    if (!raw.shape().isFixed() && raw.shape().hasCapacity()) {
      json.set("maximumShape", shape(raw.shape().atCapacity()));
    }
    return json;
  }

  private static ObjectNode image(Port.Image image) {
    return common(image, "image")
        .put("color", image.color().name().toLowerCase(Locale.ROOT))
        .put("unit", "0..255")
        .put("header", "EWIM u32 width height channels")
        .put("maximumSide", Port.Image.LARGEST_SIDE);
  }

  private static ObjectNode common(Port port, String kind) {
    ObjectNode json = Json.object();
    json.put("name", port.name()).put("kind", kind).put("type", port.element().text());
    json.set("shape", shape(port.shape()));
    return json;
  }

  /// Extents that only a call knows are null.
  private static ArrayNode shape(Shape shape) {
    ArrayNode extents = Json.array(List.of());
    for (Dimension dimension : shape.dimensions()) {
      switch (dimension) {
        case Dimension.Fixed(long extent) -> extents.add(extent);
        case Dimension.Symbol _, Dimension.Bounded _ -> extents.addNull();
      }
    }
    return extents;
  }
}
