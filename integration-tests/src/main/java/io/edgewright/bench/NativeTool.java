package io.edgewright.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A C program among this package's resources, built by the system's own compiler.
record NativeTool(Path program) {
  private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

  /// Builds a program; empty where the machine has no compiler, or none with a C library.
  static Optional<NativeTool> build(String source, Path folder)
      throws IOException, InterruptedException {
    Path program = folder.resolve(source.replace(".c", ""));
    Path text = folder.resolve(source);
    try (InputStream resource = NativeTool.class.getResourceAsStream(source)) {
      if (resource == null) {
        throw new IOException("no resource " + source);
      }
      Files.write(text, resource.readAllBytes());
    }
    for (String compiler : COMPILERS) {
      List<String> command =
          List.of(
              compiler,
              "-O3",
              "-march=native",
              "-ffp-contract=fast",
              text.toString(),
              "-ldl",
              "-o",
              program.toString());
      if (succeeds(command)) {
        return Optional.of(new NativeTool(program));
      }
    }
    return Optional.empty();
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /// The number that each of several copies prints, all running at the same time.
  List<Double> numbers(int copies) throws IOException, InterruptedException {
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < copies; i++) {
      running.add(new ProcessBuilder(program.toString()).start());
    }
    List<Double> numbers = new ArrayList<>();
    for (Process process : running) {
      byte[] output = process.getInputStream().readAllBytes();
      process.waitFor();
      numbers.add(Double.valueOf(new String(output, StandardCharsets.UTF_8).strip()));
    }
    return numbers;
  }
}
