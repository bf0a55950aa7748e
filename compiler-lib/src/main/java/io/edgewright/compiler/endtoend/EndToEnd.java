package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.InputDescription;
import io.edgewright.compiler.manifest.InputDescription.Image;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.OutputDescription;
import io.edgewright.compiler.manifest.OutputDescription.Classes;
import io.edgewright.compiler.manifest.OutputDescription.Detections;
import io.edgewright.compiler.manifest.OutputDescription.Tensors;
import io.edgewright.compiler.manifest.ResultPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A network with its pre- and post-processing.
///
/// @param graph inputs in the order of the network's inputs
/// @param inputs one for each graph input
/// @param outputs one for each graph output; a port of detections stands for two, its rows and
///   their count
public record EndToEnd(Graph graph, List<Port> inputs, List<Port> outputs) {
  public EndToEnd {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// @param network with fixed shapes
  /// @throws CompileException with everything in the manifest that does not fit the network
  public static EndToEnd wrap(Graph network, Manifest manifest) {
    Mismatches mismatches = new Mismatches();
    Map<Value, PictureInput> pictures = pictures(network, manifest, mismatches);
    Optional<? extends Decoding> decoding =
        decoding(network, manifest.output(), pictures, mismatches);
    mismatches.throwIfAny();
    EndToEnd product = compose(network, pictures, decoding.orElseThrow());
    mismatches.checkFields(
        manifest.run().results().flatMap(ResultPolicy::fields).orElse(List.of()),
        product.outputs().stream().map(Port::name).toList());
    mismatches.throwIfAny();
    return product;
  }

  private static Map<Value, PictureInput> pictures(
      Graph network, Manifest manifest, Mismatches mismatches) {
    Map<Value, PictureInput> pictures = new LinkedHashMap<>();
    manifest
        .inputs()
        .forEach((name, description) -> {
          Location where = Location.manifestAt("inputs", name);
          Optional<Value> value = mismatches.find("input", name, network.inputs(), where);
          value.ifPresent(input -> picture(input, description, mismatches, pictures));
        });
    return pictures;
  }

  private static void picture(
      Value input,
      InputDescription description,
      Mismatches mismatches,
      Map<Value, PictureInput> pictures) {
    switch (description) {
      case Image image ->
          PictureInput.of(input, image, mismatches)
              .ifPresent(picture -> pictures.put(input, picture));
      case InputDescription.Raw() -> {}
    }
  }

  private static Optional<? extends Decoding> decoding(
      Graph network,
      OutputDescription description,
      Map<Value, PictureInput> pictures,
      Mismatches mismatches) {
    return switch (description) {
      case Tensors() -> Optional.of(new RawOutput(network.outputs()));
      case Classes classes -> ClassOutput.of(classes, network.outputs(), mismatches);
      case Detections detections ->
          DetectionOutput.of(
              detections, network.outputs(), List.copyOf(pictures.values()), mismatches);
    };
  }

  private static EndToEnd compose(
      Graph network, Map<Value, PictureInput> pictures, Decoding decoding) {
    Set<String> taken = new HashSet<>();
    network.inputs().forEach(input -> taken.add(input.name()));
    List<String> names = decoding.names().stream().map(name -> unique(name, taken)).toList();
    GraphBuilder builder = new GraphBuilder(names);
    List<Port> ports = new ArrayList<>();
    List<Value> arguments = new ArrayList<>();
    Map<PictureInput, Value> frames = new LinkedHashMap<>();
    for (Value input : network.inputs()) {
      PictureInput picture = pictures.get(input);
      if (picture == null) {
        ports.add(rawPort(input));
        arguments.add(builder.input(input.name(), input.type()));
      } else {
        ports.add(picture.port());
        Value frame = builder.input(input.name(), picture.frameType());
        frames.put(picture, frame);
        arguments.add(picture.addTo(builder, frame));
      }
    }
    List<Value> results = builder.append(network, arguments);
    List<Value> decoded =
        decoding.addTo(builder, new Decoding.Results(network.outputs(), results, frames));
    for (int i = 0; i < decoded.size(); i++) {
      builder.output(names.get(i), decoded.get(i));
    }
    return new EndToEnd(builder.build(), ports, decoding.ports(names));
  }

  private static String unique(String name, Set<String> taken) {
    String candidate = name;
    while (!taken.add(candidate)) {
      candidate += "_";
    }
    return candidate;
  }

  static Port rawPort(Value value) {
    return Port.Raw.of(value.name(), value.type().element(), value.shape());
  }
}
