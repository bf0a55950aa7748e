package io.edgewright.compiler.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network whose outputs are whatever a test wants: each comes from an input of its own.
final class StubNetwork {
  private final String input;
  private final TensorType image;
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();

  StubNetwork(long... imageShape) {
    this(ElementType.FLOAT32, imageShape);
  }

  StubNetwork(ElementType element, long... imageShape) {
    this("image", new TensorType(element, Shape.of(imageShape)));
  }

  StubNetwork(String input, TensorType image) {
    this.input = input;
    this.image = image;
  }

  StubNetwork with(String output, Tensor tensor) {
    outputs.put(output, tensor);
    return this;
  }

  /// What its outputs are, for the inputs behind the picture.
  List<Tensor> tensors() {
    return List.copyOf(outputs.values());
  }

  /// Inputs: the picture and, for each output, one of the same name with a dot behind.
  Graph graph() {
    GraphBuilder builder = new GraphBuilder(outputs.keySet());
    builder.input(input, image);
    outputs.forEach((name, tensor) ->
        builder.output(
            name,
            builder.add(
                name,
                new Op.Map(Expression.identity()),
                builder.input(name + ".", tensor.type()))));
    return builder.build();
  }

  EndToEnd wrap(String manifest) {
    return EndToEnd.wrap(graph(), manifest(manifest));
  }

  static Manifest manifest(String fields) {
    String json = "{\"name\": \"a\", " + fields.replace('\'', '"') + "}";
    return ManifestReader.read(json.getBytes(UTF_8));
  }

  /// What comes out for a picture.
  List<Tensor> run(String manifest, Tensor picture) {
    return run(manifest(manifest), picture);
  }

  List<Tensor> run(Manifest manifest, Tensor picture) {
    List<Tensor> inputs = new ArrayList<>(List.of(picture));
    inputs.addAll(outputs.values());
    return Interpreter.run(EndToEnd.wrap(graph(), manifest).graph(), inputs);
  }

  static Tensor picture(int channels, int width, int height) {
    return new Tensor(
        new TensorType(ElementType.UINT8, Shape.of(height, width, channels)),
        new byte[channels * width * height]);
  }
}
