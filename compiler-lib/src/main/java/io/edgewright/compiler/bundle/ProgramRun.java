package io.edgewright.compiler.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a program ended and what it said, run in a folder without environment.
///
/// @param end such as "status 0"
/// @param answer the file with its standard output
/// @param complaint from its standard error
record ProgramRun(String end, Path answer, String complaint) {
  /// For programs that read no input.
  static final Path NOTHING = Path.of("/dev/null");

  /// Emulation is some fifty times slower than the real thing.
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final String GOOD = "status 0";

  /// It did not run at all, such as in a folder mounted without the right to run programs.
  static final class NotStarted extends IOException {
    private static final long serialVersionUID = 1;

    NotStarted(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// @throws NotStarted when it cannot be started
  static ProgramRun of(List<String> command, Path folder, Path input) throws IOException {
    Path answer = folder.resolve("answer");
    Path complaint = folder.resolve("complaint");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder
        .redirectInput(input.toFile())
        .redirectOutput(answer.toFile())
        .redirectError(complaint.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException notStarted) {
      throw new NotStarted(notStarted);
    }
    String end = waitFor(process);
    return new ProgramRun(end, answer, text(complaint));
  }

  boolean endedWell() {
    return end.equals(GOOD);
  }

  /// The words of an emulator that failed itself, which says nothing of the program: QEMU 7.2 stops
  /// at vector instructions of RISC-V that it knows only half.
  Optional<String> faultOfTheEmulator() {
    return complaint
        .lines()
        .filter(line -> line.startsWith("qemu-") && line.contains("Assertion"))
        .findFirst();
  }

  /// All that is known of an end.
  String story() throws IOException {
    return Stream.of(end, text(answer), complaint)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(": "));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  private static String waitFor(Process process) {
    try {
      return process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          ? "status " + process.exitValue()
          : "stopped after " + LIMIT.toSeconds() + " seconds";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a self-test", stopped);
    } finally {
      process.destroyForcibly();
    }
  }
}
