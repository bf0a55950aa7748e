package io.edgewright.compiler.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import io.edgewright.testing.InstalledTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `driver.c` with the kernels, compiled for one target and running on this machine.
final class KernelProgram {
  static final int IMAGE = 0;
  static final int DETECTIONS = 1;
  static final int TOP_K_FLOAT = 2;
  static final int TOP_K_INT64 = 3;

  private static final List<String> HEADERS =
      List.of("placement.h", "image.h", "boxes.h", "detections.h", "topk.h");
  private static final Map<String, KernelProgram> PROGRAMS = new ConcurrentHashMap<>();

  /// Ends when this one does, because its input is closed then.
  private final Process process;

  private KernelProgram(Process process) {
    this.process = process;
  }

  /// Native, native without wide vectors, and another architecture.
  static List<String> targets() {
    return List.of("host", "x86-64-v2", "raspberry-pi-3");
  }

  /// Skips the running test where the machine cannot run programs of the target.
  static KernelProgram of(String targetId) {
    Target target = TargetCatalog.standard().get(targetId, new Location("test"));
    List<String> emulator =
        target.triple().startsWith("aarch64") && !System.getProperty("os.arch").equals("aarch64")
            ? List.of(InstalledTool.qemuUser("aarch64").toString())
            : List.of();
    return PROGRAMS.computeIfAbsent(targetId, _ -> build(target, emulator));
  }

  private static KernelProgram build(Target target, List<String> emulator) {
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      HEADERS.forEach(header -> workspace.write(header, resource(header)));
      workspace.write("driver.c", resource("driver.c"));
      workspace.compile("driver.c", "driver.o", List.of("-Werror", "-Wall", "-I."));
      workspace.link("driver", List.of("-static", "driver.o"));
      Path program = Files.createTempFile("edgewright-kernels-", "");
      program.toFile().deleteOnExit();
      Files.write(program, workspace.read("driver"));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      List<String> command = new ArrayList<>(emulator);
      command.add(program.toString());
      return new KernelProgram(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream stream =
        KernelProgram.class.getResourceAsStream("/io/edgewright/compiler/kernels/" + name)) {
      if (stream == null) {
        throw new IllegalArgumentException("no " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a kernel twice, with its arrays against the guard before them and after them; both must
  /// give the same bytes.
  ByteBuffer run(int kernel, List<Long> numbers, List<Tensor> arrays) {
    byte[] first = run(kernel, 0, numbers, arrays);
    byte[] second = run(kernel, 1, numbers, arrays);
    assertThat(second).isEqualTo(first);
    return ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] run(int kernel, int atEnd, List<Long> numbers, List<Tensor> arrays) {
    try {
      process.getOutputStream().write(request(kernel, atEnd, numbers, arrays));
      process.getOutputStream().flush();
      InputStream answers = process.getInputStream();
      ByteBuffer size = ByteBuffer.wrap(answers.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(size.remaining()).describedAs("an answer").isEqualTo(8);
      return answers.readNBytes((int) size.getLong());
    } catch (IOException e) {
      throw new UncheckedIOException("the program has ended", e);
    }
  }

  private static byte[] request(int kernel, int atEnd, List<Long> numbers, List<Tensor> arrays) {
    ByteBuffer head = ByteBuffer.allocate(8 * (3 + numbers.size())).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(kernel).putLong(atEnd).putLong(numbers.size());
    numbers.forEach(head::putLong);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.array());
    for (Tensor array : arrays) {
      byte[] copy = new byte[array.bytes().remaining()];
      array.bytes().get(copy);
      bytes.writeBytes(copy);
    }
    return bytes.toByteArray();
  }
}
