package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.CompileRequest;
import io.edgewright.compiler.CompiledModel;
import io.edgewright.compiler.Compiler;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.onnx.OnnxCase;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The files of a microcontroller's bundle, by name, and what the compilation said of its
/// self-test.
record FirmwareBundle(Target target, Map<String, byte[]> files, String verification) {
  /// Through the whole compiler, inputs and outputs as they are.
  static FirmwareBundle of(OnnxCase model, Target target) throws IOException {
    Manifest manifest = Manifest.raw("model").withDims(model.dims(model.sets().getFirst()));
    CompiledModel compiled =
        Compiler.compile(new CompileRequest(model.bytes(), manifest, target), _ -> {});
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(compiled.bundle()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return new FirmwareBundle(target, files, compiled.verification());
  }

  byte[] file(String name) {
    byte[] file = files.get(name);
    if (file == null) {
      throw new AssertionError("no " + name + " in " + files.keySet());
    }
    return file;
  }

  JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(file(name));
  }

  /// One inference on an emulated board.
  List<Tensor> run(Path emulator, OnnxCase.DataSet set) throws IOException {
    EmulatedModel.Results results =
        new EmulatedModel(emulator, target)
            .run(file(StaticLibrary.ARCHIVE), frame(set.inputs()), false);
    if (results instanceof EmulatedModel.Results.Written(byte[] bytes)) {
      return FrameBytes.read(set.outputs().stream().map(FirmwareBundle::port).toList(), bytes);
    }
    throw new AssertionError(results);
  }

  private static Port port(Tensor output) {
    return Port.Raw.of("output", output.element(), output.shape());
  }

  static byte[] frame(List<Tensor> inputs) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (Tensor input : inputs) {
      byte[] content = new byte[input.bytes().remaining()];
      input.bytes().get(content);
      frame.writeBytes(content);
    }
    return frame.toByteArray();
  }
}
