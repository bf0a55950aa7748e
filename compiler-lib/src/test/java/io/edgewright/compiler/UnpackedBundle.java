package io.edgewright.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A finished bundle in a folder, used as its documentation says.
record UnpackedBundle(Path folder) {
  static UnpackedBundle of(CompiledModel model, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(model.bundle()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    if (!folder.resolve("model").toFile().setExecutable(true)) {
      throw new IOException("model cannot be made executable");
    }
    return new UnpackedBundle(folder);
  }

  JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("bundle.json").toFile());
  }

  /// One frame of raw tensors through `./model`; results have the shapes of `bundle.json`, or their
  /// own.
  ///
  /// @param emulator the command that runs the program, nothing for this machine
  List<Tensor> run(List<Tensor> inputs, String... emulator)
      throws IOException, InterruptedException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (Tensor input : inputs) {
      if (isDynamic(manifest().get("inputs").get(inputs.indexOf(input)))) {
        Tensor shape = Tensor.ofLongs(Shape.of(input.shape().rank()), input.shape().extents());
        byte[] extents = new byte[shape.bytes().remaining()];
        shape.bytes().get(extents);
        frame.writeBytes(extents);
      }
      byte[] content = new byte[input.bytes().remaining()];
      input.bytes().get(content);
      frame.writeBytes(content);
    }
    byte[] answer = frames(frame.toByteArray(), List.of(), emulator);
    List<Tensor> results = new ArrayList<>();
    int next = 0;
    for (JsonNode output : manifest().get("outputs")) {
      long[] extents = output.get("shape").valueStream().mapToLong(JsonNode::asLong).toArray();
      if (isDynamic(output)) {
        int bytes = extents.length * Long.BYTES;
        ByteBuffer.wrap(answer, next, bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer()
            .get(extents);
        next += bytes;
      }
      Shape shape = Shape.of(extents);
      TensorType type = new TensorType(element(output.get("type").asText()), shape);
      int end = next + Math.toIntExact(type.bytes());
      results.add(new Tensor(type, Arrays.copyOfRange(answer, next, end)));
      next = end;
    }
    return results;
  }

  private static boolean isDynamic(JsonNode port) {
    return port.get("shape").valueStream().anyMatch(JsonNode::isNull);
  }

  /// Bytes to `./model`'s standard input, bytes from its standard output.
  byte[] frames(byte[] input, List<String> arguments, String... emulator)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(emulator));
    command.add(folder.resolve("model").toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread writer = Thread.startVirtualThread(() -> feed(process, input));
    byte[] answer;
    try (InputStream out = process.getInputStream()) {
      answer = out.readAllBytes();
    }
    writer.join();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(command + " ended with " + status);
    }
    return answer;
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ElementType element(String text) {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.text().equals(text))
        .findFirst()
        .orElseThrow();
  }
}
