package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.toolchain.Toolchain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A bundle unpacked in a folder, and what comes of running programs in it.
record TestBundle(Path folder, List<String> emulator) {
  static final Provenance PROVENANCE =
      new Provenance("a".repeat(64), "b".repeat(64), "c".repeat(64));

  /// What a program answered.
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, byte[] bytes, String complaint) {
    String text() {
      return new String(bytes, UTF_8);
    }

    float[] floats() {
      float[] floats = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
      return floats;
    }
  }

  static final ReportParts REPORT = new ReportParts(new Accuracy.NotMeasured(), Portrait.EMPTY);

  static Target target(String id) {
    return TargetCatalog.standard().get(id, new Location("test"));
  }

  static List<BundleEntry> entries(NativeProgram program, Target target, Golden golden) {
    MachineCode code = MachineCode.build(program, target, golden, Toolchain.standard());
    return Bundle.entries(
        code,
        program,
        target,
        golden,
        PROVENANCE,
        Optional.of(new RunSettings(Map.of("everyMillis", 1000, "threads", 2))),
        REPORT);
  }

  /// For programs whose self-test is not what is tested.
  static Golden noGolden(int outputs) {
    return new Golden(new byte[0], new byte[0], Collections.nCopies(outputs, 1e-5), 1e-3);
  }

  static TestBundle unpack(NativeProgram program, Path folder) {
    return unpack(entries(program, target("host"), noGolden(program.outputs().size())), folder);
  }

  static TestBundle unpack(List<BundleEntry> entries, Path folder) {
    try {
      GoldenCheck.unpack(entries, folder);
      return new TestBundle(folder, List.of());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  TestBundle under(String... command) {
    return new TestBundle(folder, List.of(command));
  }

  /// Runs `model`.
  Answer run(byte[] input, String... arguments) {
    List<String> command = new ArrayList<>(emulator);
    command.add(folder.resolve("model").toString());
    command.addAll(List.of(arguments));
    return execute(input, command);
  }

  Answer execute(byte[] input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
      CompletableFuture<byte[]> answer = reading(process.getInputStream());
      CompletableFuture<byte[]> complaint = reading(process.getErrorStream());
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      } catch (IOException _) {
        // It ended without reading everything, which may be what the test wants.
      }
      int status = process.waitFor();
      return new Answer(status, answer.join(), new String(complaint.join(), UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static CompletableFuture<byte[]> reading(java.io.InputStream stream) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return stream.readAllBytes();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    });
  }

  void overwrite(String path, byte[] contents) {
    try {
      Files.write(folder.resolve(path), contents);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static byte[] floats(float... values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /// A frame of one picture.
  static byte[] picture(int width, int height, int channels, byte... pixels) {
    byte[] bytes = new byte[16 + pixels.length];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("EWIM".getBytes(UTF_8))
        .putInt(width)
        .putInt(height)
        .putInt(channels)
        .put(pixels);
    return bytes;
  }
}
