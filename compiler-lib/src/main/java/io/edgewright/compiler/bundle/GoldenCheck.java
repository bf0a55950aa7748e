package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.target.HostProcessor;
import io.edgewright.compiler.target.Target;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs a bundle's self-test on this machine, if it can: natively where the processor has the
/// features, else under an emulator that is installed.
public final class GoldenCheck {
  /// Emulation is some fifty times slower than the real thing.
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final HostProcessor host;
  private final List<Path> programFolders;

  GoldenCheck(HostProcessor host, List<Path> programFolders) {
    this.host = host;
    this.programFolders = programFolders;
  }

  /// On this machine, with the emulators on the `PATH`.
  public static GoldenCheck here() {
    return new GoldenCheck(
        HostProcessor.read(),
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList());
  }

  /// What came of it.
  public sealed interface Verdict {
    /// @param maximumError largest difference to what was expected
    /// @param latencyMicros the fastest run; says nothing about the device when emulated
    record Passed(double maximumError, long latencyMicros, boolean emulated) implements Verdict {}

    /// @param answer what the self-test said, or how it died
    record Failed(String answer) implements Verdict {
      /// The end of the compilation: such a program must not reach a device.
      public CompileException refusal(Target target) {
        return new CompileException(
            ErrorCode.GOLDEN_MISMATCH,
            new Location("self-test of the program for `" + target.id() + "`"),
            answer,
            "results within the tolerance of the reference",
            "report this with the model: the generated code computes something else");
      }
    }

    /// @param reason why it could not be run here
    record NotVerified(String reason) implements Verdict {}
  }

  public Verdict run(List<BundleEntry> entries, Target target) {
    Optional<List<String>> command = command(target);
    if (command.isEmpty()) {
      return new Verdict.NotVerified(
          "this machine has neither the processor features of `"
              + target.id()
              + "` nor an emulator qemu-"
              + target.architecture());
    }
    try {
      Path folder = Files.createTempDirectory("edgewright-golden-");
      try {
        unpack(entries, folder);
        return selfTest(command.orElseThrow(), folder);
      } finally {
        delete(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// What comes before the program's name; empty when nothing here can run it.
  private Optional<List<String>> command(Target target) {
    if (host.runs(target)) {
      return Optional.of(List.of());
    }
    if (host.architecture().equals(target.architecture())) {
      return Optional.empty(); // qemu emulates fewer features than such a processor has
    }
    String emulator = "qemu-" + target.architecture();
    return programFolders.stream()
        .flatMap(
            folder -> Stream.of(folder.resolve(emulator), folder.resolve(emulator + "-static")))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> List.of(program.toString()));
  }

  static void unpack(List<BundleEntry> entries, Path folder) throws IOException {
    for (BundleEntry entry : entries) {
      Path file = folder.resolve(entry.path());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.bytes());
      if (entry.executable() && !file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
    }
  }

  private static Verdict selfTest(List<String> emulator, Path folder) throws IOException {
    List<String> command = new ArrayList<>(emulator);
    command.add(folder.resolve("model").toString());
    command.add("--self-test");
    Path answerFile = folder.resolve("answer");
    Path complaintFile = folder.resolve("complaint");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder
        .redirectInput(new File("/dev/null"))
        .redirectOutput(answerFile.toFile())
        .redirectError(complaintFile.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException notStarted) { // such as a folder mounted without the right to run programs
      return new Verdict.NotVerified("it cannot be started here: " + notStarted.getMessage());
    }
    String end = waitFor(process);
    String answer = Files.readString(answerFile, StandardCharsets.UTF_8).strip();
    if (end.equals("status 0")) {
      JsonNode json = new ObjectMapper().readTree(answer);
      return new Verdict.Passed(
          json.path("maximumError").doubleValue(),
          json.path("latencyMicros").longValue(),
          !emulator.isEmpty());
    }
    String complaint = Files.readString(complaintFile, StandardCharsets.UTF_8).strip();
    return new Verdict.Failed(
        Stream.of(end, answer, complaint)
            .filter(part -> !part.isEmpty())
            .reduce((a, b) -> a + ": " + b)
            .orElse(end));
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
