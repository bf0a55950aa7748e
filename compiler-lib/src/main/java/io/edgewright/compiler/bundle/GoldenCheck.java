package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.codegen.NativeProgram;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs a bundle's self-test on this machine, if it can: natively where the processor has the
/// features, else under an emulator that is installed, on a board of it for microcontrollers.
public final class GoldenCheck {
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
    /// @param latencyMicros the fastest run; says nothing about the device when emulated, and is 0
    ///   on an emulated board
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

  /// The self-test of what was compiled.
  public Verdict run(MachineCode code, NativeProgram program, Golden golden, Target target) {
    return switch (code) {
      case NativeLibrary library -> run(Bundle.selfTest(library, program, golden), target);
      case StaticLibrary library -> board(library, program, target).verdict(golden);
    };
  }

  /// What a program answers to its golden frame; empty where nothing here can run it.
  ///
  /// @throws CompileException when the program fails
  public Optional<List<Tensor>> answer(
      MachineCode code, NativeProgram program, Golden golden, Target target) {
    return switch (code) {
      case NativeLibrary library ->
          answer(Bundle.selfTest(library, program, golden), program.outputs(), target);
      case StaticLibrary library -> board(library, program, target).answer(golden);
    };
  }

  private BoardCheck board(StaticLibrary library, NativeProgram program, Target target) {
    return new BoardCheck(
        program(EmulatedModel.EMULATOR).map(emulator -> new EmulatedModel(emulator, target)),
        library,
        program);
  }

  Verdict run(List<BundleEntry> entries, Target target) {
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

  private Optional<List<Tensor>> answer(
      List<BundleEntry> entries, List<Port> ports, Target target) {
    Optional<List<String>> command = command(target);
    if (command.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path folder = Files.createTempDirectory("edgewright-answer-");
      try {
        unpack(entries, folder);
        Path frame = folder.resolve(BundleManifest.GOLDEN_INPUT);
        ProgramRun run = run(command.get(), folder, List.of("--format", "binary"), frame);
        if (!command.get().isEmpty() && run.faultOfTheEmulator().isPresent()) {
          return Optional.empty();
        }
        if (!run.endedWell()) {
          throw new Verdict.Failed(run.end() + ": " + run.complaint()).refusal(target);
        }
        return Optional.of(FrameBytes.read(ports, Files.readAllBytes(run.answer())));
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
    return target
        .emulatedCpu()
        .flatMap(cpu ->
            program(emulator)
                .or(() -> program(emulator + "-static"))
                .map(program -> List.of(program.toString(), "-cpu", cpu)));
  }

  private Optional<Path> program(String name) {
    return programFolders.stream()
        .map(folder -> folder.resolve(name))
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
    ProgramRun run;
    try {
      run = run(emulator, folder, List.of("--self-test"), ProgramRun.NOTHING);
    } catch (ProgramRun.NotStarted reason) {
      return new Verdict.NotVerified("it cannot be started here: " + reason.getMessage());
    }
    Optional<String> fault = run.faultOfTheEmulator();
    if (!emulator.isEmpty() && fault.isPresent()) {
      return new Verdict.NotVerified("the emulator failed: " + fault.get());
    }
    if (!run.endedWell()) {
      return new Verdict.Failed(run.story());
    }
    JsonNode json = new ObjectMapper().readTree(run.answer().toFile());
    return new Verdict.Passed(
        json.path("outputs").valueStream().map(Difference::of).toList(),
        json.path("latencyMicros").longValue(),
        !emulator.isEmpty());
  }

  private static ProgramRun run(
      List<String> emulator, Path folder, List<String> options, Path input) throws IOException {
    List<String> command = new ArrayList<>(emulator);
    command.add(folder.resolve("model").toString());
    command.addAll(options);
    return ProgramRun.of(command, folder, input);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
