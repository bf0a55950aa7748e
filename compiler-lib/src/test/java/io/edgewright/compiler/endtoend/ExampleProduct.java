package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One of the products in `docs/examples`, run in one of three ways.
final class ExampleProduct {
  /// Who runs the network. What stands around it is ours in all.
  enum Way {
    ONNX_RUNTIME,
    INTERPRETED,
    COMPILED
  }

  /// Compiled products; they live as long as the tests do.
  private static final Map<Path, CompiledGraph> COMPILED = new ConcurrentHashMap<>();

  private final Path folder;
  private final OnnxRuntimeNetwork network;

  private ExampleProduct(String name, String input, long... inputShape) {
    this.folder = SharedTestdata.project().resolve("docs/examples").resolve(name);
    this.network = new OnnxRuntimeNetwork(folder.resolve("model.onnx"), input, inputShape);
  }

  static ExampleProduct faceDetector() {
    return new ExampleProduct("face-detector", "input", 1, 128, 128, 3);
  }

  static ExampleProduct pictograms() {
    return new ExampleProduct("pictograms", "image", 1, 3, 160, 160);
  }

  /// A file beside the model.
  Path file(String name) {
    return folder.resolve(name);
  }

  List<Found> find(Way way, BufferedImage picture) {
    Manifest manifest = ManifestReader.read(bytes("manifest.json"));
    Tensor pixels = Samples.pixels(picture);
    List<Tensor> results =
        switch (way) {
          case ONNX_RUNTIME -> network.run(manifest, pixels);
          case INTERPRETED -> Interpreter.run(wrapped(manifest).graph(), List.of(pixels));
          case COMPILED ->
              COMPILED.computeIfAbsent(folder, _ -> compiled(manifest)).run(List.of(pixels));
        };
    return Found.of(results, manifest);
  }

  private EndToEnd wrapped(Manifest manifest) {
    var model = OnnxReader.read(bytes("model.onnx"));
    return EndToEnd.wrap(GraphImporter.read(model, manifest.dims()), manifest);
  }

  private CompiledGraph compiled(Manifest manifest) {
    EndToEnd product = wrapped(manifest);
    Target target = TargetCatalog.standard().get("host", new Location("test"));
    return CompiledGraph.of(
        PassList.run(product.graph()),
        product.inputs(),
        product.outputs(),
        target,
        Machine.of(target));
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
