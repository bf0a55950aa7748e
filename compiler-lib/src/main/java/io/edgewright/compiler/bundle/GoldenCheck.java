package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.target.HostProcessor;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.Tensor;
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

  /// On this machine, with its own processor alone.
  public static GoldenCheck withoutEmulators() {
    return new GoldenCheck(HostProcessor.read(), List.of());
  }

  /// What |result - expected| is at most, and on average, over the elements of an output.
  public record Difference(double maximum, double mean) {
    private static Difference of(JsonNode output) {
      return new Difference(
          output.path("maximumError").doubleValue(), output.path("meanError").doubleValue());
    }
  }

  /// What came of it.
  public sealed interface Verdict {
    /// @param outputs how far each is from what was expected
    /// @param latencyMicros the fastest run; says nothing about the device when emulated
    record Passed(List<Difference> outputs, long latencyMicros, boolean emulated)
        implements Verdict {
      public Passed {
        outputs = List.copyOf(outputs);
      }

      /// Largest difference of all outputs.
      public double maximumError() {
        return outputs.stream().mapToDouble(Difference::maximum).max().orElse(0);
      }
    }

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

  /// What a program answers to its golden frame; empty where nothing here can run it.
  ///
  /// @param ports of the program's outputs
  /// @throws CompileException when the program fails
  public Optional<List<Tensor>> answer(List<BundleEntry> entries, List<Port> ports, Target target) {
    Optional<List<String>> command = command(target);
    if (command.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path folder = Files.createTempDirectory("edgewright-answer-");
      try {
        unpack(entries, folder);
        Path frame = folder.resolve(BundleManifest.GOLDEN_INPUT);
        End end = run(command.get(), folder, List.of("--format", "binary"), frame.toFile());
        if (!end.how().equals("status 0")) {
          throw new Verdict.Failed(end.how() + ": " + end.complaint()).refusal(target);
        }
        return Optional.of(FrameBytes.read(ports, Files.readAllBytes(end.answer())));
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
    return target
        .emulatedCpu()
        .flatMap(cpu ->
            emulator(target.architecture())
                .map(program -> List.of(program.toString(), "-cpu", cpu)));
  }

  private Optional<Path> emulator(String architecture) {
    return programFolders.stream()
        .flatMap(folder ->
            Stream.of("", "-static").map(suffix -> folder.resolve("qemu-" + architecture + suffix)))
        .filter(Files::isExecutable)
        .findFirst();
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
    End end;
    try {
      end = run(emulator, folder, List.of("--self-test"), new File("/dev/null"));
    } catch (NotStarted reason) {
      return new Verdict.NotVerified("it cannot be started here: " + reason.getMessage());
    }
    String answer = Files.readString(end.answer(), StandardCharsets.UTF_8).strip();
    if (end.how().equals("status 0")) {
      JsonNode json = new ObjectMapper().readTree(answer);
      return new Verdict.Passed(
          json.path("outputs").valueStream().map(Difference::of).toList(),
          json.path("latencyMicros").longValue(),
          !emulator.isEmpty());
    }
    return new Verdict.Failed(
        Stream.of(end.how(), answer, end.complaint())
            .filter(part -> !part.isEmpty())
            .reduce((a, b) -> a + ": " + b)
            .orElse(end.how()));
  }

  /// How a program ended.
  ///
  /// @param answer the file that it wrote
  private record End(String how, Path answer, String complaint) {}

  /// Such as in a folder mounted without the right to run programs.
  private static final class NotStarted extends IOException {
    private static final long serialVersionUID = 1;

    NotStarted(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static End run(List<String> emulator, Path folder, List<String> options, File input)
      throws IOException {
    List<String> command = new ArrayList<>(emulator);
    command.add(folder.resolve("model").toString());
    command.addAll(options);
    Path answer = folder.resolve("answer");
    Path complaint = folder.resolve("complaint");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.redirectInput(input).redirectOutput(answer.toFile()).redirectError(complaint.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException notStarted) {
      throw new NotStarted(notStarted);
    }
    String how = waitFor(process);
    return new End(how, answer, Files.readString(complaint, StandardCharsets.UTF_8).strip());
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
