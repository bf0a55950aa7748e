package io.edgewright.compiler.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgewright.compiler.manifest.Decode.AnchorGrid;
import io.edgewright.compiler.manifest.Decode.BlazeFace;
import io.edgewright.compiler.manifest.Decode.Boxes;
import io.edgewright.compiler.manifest.Decode.PointGrid;
import io.edgewright.compiler.manifest.Decode.Ssd;
import io.edgewright.compiler.manifest.Decode.Yolox;
import io.edgewright.compiler.manifest.InputDescription.Image;
import io.edgewright.compiler.manifest.InputDescription.Raw;
import io.edgewright.compiler.manifest.OutputDescription.Classes;
import io.edgewright.compiler.manifest.OutputDescription.Detections;
import io.edgewright.compiler.manifest.OutputDescription.Tensors;
import io.edgewright.compiler.tensor.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// [Manifest] -> canonical JSON: keys sorted, no spaces, every default filled in, everything left
/// out that changes nothing, numbers in their shortest form. [ManifestReader] reads it back to an
/// equal manifest (with its targets sorted).
final class NormalForm {
  private static final JsonMapper JSON = new JsonMapper();

  /// Whole numbers below this are exact as doubles.
  private static final double EXACT = 1L << 53;

  private NormalForm() {}

  static byte[] bytes(Manifest manifest) {
    try {
      return JSON.writeValueAsString(of(manifest)).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists, texts and numbers can always be written", e);
    }
  }

  /// 127.0 is written 127, so that the spelling in the source does not matter.
  static Number number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
    return whole ? (Number) (long) value : (Number) value;
  }

  private static Map<String, Object> of(Manifest manifest) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", manifest.name());
    json.put(
        "targets",
        manifest.targets().stream()
            .sorted(Comparator.comparing(TargetChoice::device))
            .map(NormalForm::target)
            .toList());
    json.put("dims", dims(manifest.dims()));
    json.put("inputs", inputs(manifest.inputs()));
    json.put("outputs", output(manifest.output()));
    json.put("budget", budget(manifest.budget()));
    json.put("run", run(manifest.run()));
    return json;
  }

  static Map<String, Object> run(RunPlan run) {
    Map<String, Object> json = sorted("everyMillis", run.everyMillis(), "threads", run.threads());
    Map<String, Object> limits = limits(run.limits());
    if (!limits.isEmpty()) {
      json.put("limits", limits);
    }
    run.results().ifPresent(policy -> json.put("results", results(policy)));
    return json;
  }

  private static Map<String, Object> limits(RunLimits limits) {
    Map<String, Object> json = new TreeMap<>();
    limits.maximumCelsius().ifPresent(celsius -> json.put("maximumCelsius", number(celsius)));
    limits.maximumMegahertz().ifPresent(clock -> json.put("maximumMegahertz", clock));
    limits.maximumWatts().ifPresent(watts -> json.put("maximumWatts", number(watts)));
    return json;
  }

  private static Map<String, Object> results(ResultPolicy policy) {
    Map<String, Object> json =
        sorted(
            "threshold", number(policy.threshold()),
            "onChange", policy.onChange(),
            "sampleRate", number(policy.sampleRate()),
            "batch", policy.batch(),
            "bytesPerDay", policy.bytesPerDay(),
            "keepBytes", policy.keepBytes());
    policy.fields().ifPresent(fields -> json.put("fields", fields));
    return json;
  }

  private static Map<String, Object> dims(Map<String, Dimension> dims) {
    Map<String, Object> json = new TreeMap<>();
    dims.forEach((name, dimension) -> {
      long most = dimension.count().maximum();
      json.put(name, dimension instanceof Dimension.Fixed ? most : sorted("maximum", most));
    });
    return json;
  }

  private static Map<String, Object> target(TargetChoice target) {
    return sorted("device", target.device(), "precision", Spelling.of(target.precision()));
  }

  private static Map<String, Object> budget(Budget budget) {
    Map<String, Object> json = new TreeMap<>();
    budget.latencyMillis().ifPresent(millis -> json.put("latencyMillis", number(millis)));
    budget.memoryBytes().ifPresent(bytes -> json.put("memoryBytes", bytes));
    return json;
  }

  /// Raw inputs are left out: they are what is not described.
  private static Map<String, Object> inputs(Map<String, InputDescription> inputs) {
    Map<String, Object> json = new TreeMap<>();
    inputs.forEach((name, input) -> {
      switch (input) {
        case Image image -> json.put(name, image(image));
        case Raw() -> {}
      }
    });
    return json;
  }

  private static Map<String, Object> image(Image image) {
    Map<String, Object> resize = sorted("fit", Spelling.of(image.fit()));
    image.width().ifPresent(width -> resize.put("width", width));
    image.height().ifPresent(height -> resize.put("height", height));
    if (image.fit().pads()) {
      resize.put("padding", numbers(image.padding()));
    }
    Map<String, Object> json =
        sorted(
            "kind", "image",
            "color", Spelling.of(image.color()),
            "pixels", Spelling.of(image.pixels()),
            "resize", resize,
            "mean", numbers(image.mean()),
            "scale", numbers(image.scale()));
    image.layout().ifPresent(layout -> json.put("layout", Spelling.of(layout)));
    return json;
  }

  private static Map<String, Object> output(OutputDescription output) {
    return switch (output) {
      case Tensors() -> sorted("kind", "tensors");
      case Classes classes -> classes(classes);
      case Detections(Decode decode, List<String> labels) ->
          sorted("kind", "detections", "decode", decode(decode), "labels", labels);
    };
  }

  private static Map<String, Object> classes(Classes classes) {
    Map<String, Object> json =
        sorted("kind", "classes", "softmax", classes.softmax(), "labels", classes.labels());
    classes.tensor().ifPresent(tensor -> json.put("tensor", tensor));
    classes.top().ifPresent(top -> json.put("top", top));
    return json;
  }

  private static Map<String, Object> decode(Decode decode) {
    Map<String, Object> json = family(decode);
    Decode.Selection selection = decode.selection();
    json.put("threshold", number(selection.threshold()));
    json.put(
        "nms", sorted("iou", number(selection.iou()), "acrossClasses", selection.acrossClasses()));
    json.put("maximum", selection.maximum());
    return json;
  }

  private static Map<String, Object> family(Decode decode) {
    return switch (decode) {
      case Boxes boxes -> {
        var json = scored("boxes", boxes.boxes(), boxes.scores(), boxes.activation());
        json.put("background", Spelling.of(boxes.background()));
        json.put("format", Spelling.of(boxes.format()));
        json.put("unit", Spelling.of(boxes.unit()));
        yield json;
      }
      case Ssd ssd -> {
        var json = scored("ssd", ssd.boxes(), ssd.scores(), ssd.activation());
        json.put("background", Spelling.of(ssd.background()));
        if (!ssd.anchors().isEmpty()) {
          json.put("anchors", ssd.anchors().stream().map(NormalForm::grid).toList());
          json.put("variances", numbers(ssd.variances()));
        }
        yield json;
      }
      case BlazeFace face -> {
        var json = scored("blazeface", face.boxes(), face.scores(), face.activation());
        json.put("background", Spelling.of(face.background()));
        json.put("anchors", face.anchors().stream().map(NormalForm::grid).toList());
        face.scale().ifPresent(scale -> json.put("scale", number(scale)));
        yield json;
      }
      case Yolox yolox ->
          sorted("family", "yolox", "tensor", yolox.tensor(), "strides", yolox.strides());
    };
  }

  private static Map<String, Object> scored(
      String family, String boxes, String scores, Decode.Activation activation) {
    return sorted(
        "family", family,
        "boxes", boxes,
        "scores", scores,
        "activation", Spelling.of(activation));
  }

  private static Map<String, Object> grid(AnchorGrid grid) {
    List<List<Number>> sizes =
        grid.sizes().stream()
            .map(size -> List.of(number(size.width()), number(size.height())))
            .toList();
    return sorted("stride", grid.stride(), "sizes", sizes);
  }

  private static Map<String, Object> grid(PointGrid grid) {
    return sorted("stride", grid.stride(), "perCell", grid.perCell());
  }

  private static List<Number> numbers(List<Double> values) {
    return values.stream().map(NormalForm::number).toList();
  }

  /// A map of names and values in turn.
  private static Map<String, Object> sorted(Object... namesAndValues) {
    Map<String, Object> map = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
