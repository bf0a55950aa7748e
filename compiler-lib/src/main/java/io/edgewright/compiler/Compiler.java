package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Bundle;
import io.edgewright.compiler.bundle.BundleEntry;
import io.edgewright.compiler.bundle.BundleWriter;
import io.edgewright.compiler.bundle.Golden;
import io.edgewright.compiler.bundle.GoldenCheck;
import io.edgewright.compiler.bundle.NativeLibrary;
import io.edgewright.compiler.bundle.Provenance;
import io.edgewright.compiler.bundle.RunSettings;
import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.manifest.Budget;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.toolchain.Toolchain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pipeline. No clock, no randomness, no environment: the same request gives the same bytes.
public final class Compiler {
  private Compiler() {}

  /// Compiles a model for one device.
  ///
  /// @param progress told of each stage before it begins
  /// @throws CompileException with every problem that was found
  public static CompiledModel compile(CompileRequest request, Consumer<Stage> progress) {
    Manifest manifest = request.manifest();
    Target target = request.target();
    Written written = write(request, progress);
    NativeProgram source = written.program();

    progress.accept(Stage.COMPILE);
    Golden golden = written.vectors().golden(source);
    NativeLibrary library = NativeLibrary.build(source, target, golden, Toolchain.standard());
    List<BundleEntry> entries =
        Bundle.entries(library, source, target, golden, provenance(request), run(manifest));

    progress.accept(Stage.VERIFY);
    String verification = verify(entries, target);
    progress.accept(Stage.BUNDLE);
    String fileName = manifest.name() + "-" + target.id() + ".zip";
    return new CompiledModel(fileName, BundleWriter.write(entries), verification);
  }

  /// The C of a program, without compiling it.
  ///
  /// @throws CompileException with every problem that was found
  public static NativeProgram source(CompileRequest request) {
    return write(request, stage -> {}).program();
  }

  /// A program in C, and what it must answer.
  private record Written(NativeProgram program, GoldenVectors vectors) {}

  private static Written write(CompileRequest request, Consumer<Stage> progress) {
    Manifest manifest = request.manifest();
    Target target = request.target();
    progress.accept(Stage.READ);
    var model = OnnxReader.read(request.model());
    progress.accept(Stage.IMPORT);
    Graph network = GraphImporter.read(model, manifest.dims());
    EndToEnd product = EndToEnd.wrap(network, manifest);

    progress.accept(Stage.OPTIMISE);
    Graph optimised = PassList.run(product.graph());
    progress.accept(Stage.SCHEDULE);
    Program program = Scheduler.schedule(optimised, Machine.of(target));
    GoldenVectors vectors = GoldenVectors.of(product);
    NativeProgram source =
        CodeGenerator.generate(
            manifest.name(),
            target.id(),
            program,
            product.inputs(),
            product.outputs(),
            LayerCosts.of(optimised, target),
            vectors.threshold());
    checkBudget(manifest, target, source);
    return new Written(source, vectors);
  }

  /// Reads, imports and checks without generating code.
  public static Inspection inspect(byte[] model, Manifest manifest) {
    try {
      Graph network = GraphImporter.read(OnnxReader.read(model), manifest.dims());
      EndToEnd.wrap(network, manifest);
      Map<String, Long> operators =
          network.nodes().stream()
              .collect(
                  Collectors.groupingBy(
                      node -> node.op().getClass().getSimpleName(), Collectors.counting()));
      return new Inspection(
          List.of(),
          network.inputs().stream().map(Inspection.Port::of).toList(),
          network.outputs().stream().map(Inspection.Port::of).toList(),
          operators);
    } catch (CompileException e) {
      return Inspection.failed(e.problems());
    }
  }

  /// What a compilation's result depends on beside its request: SHA-256 over the compiler's classes
  /// and resources and over the toolchain, in hexadecimal.
  public static String digest() {
    return CompilerDigest.value();
  }

  private static void checkBudget(Manifest manifest, Target target, NativeProgram program) {
    Budget budget = manifest.budget();
    List<Problem> problems =
        Stream.of(
                budget.memoryProblem(target.id(), program.arenaBytes(), program.weights().length),
                budget.latencyProblem(target.id(), program.predictedMicros() / 1000))
            .flatMap(Optional::stream)
            .toList();
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
  }

  private static Provenance provenance(CompileRequest request) {
    return new Provenance(
        digest(),
        CompilerDigest.sha256(request.model()),
        CompilerDigest.sha256(
            request.manifest().forDevice(request.target().id()).normalisedJson()));
  }

  private static Optional<RunSettings> run(Manifest manifest) {
    return Optional.of(new RunSettings(manifest.run().everyMillis(), manifest.run().threads()));
  }

  private static String verify(List<BundleEntry> entries, Target target) {
    return switch (GoldenCheck.here().run(entries, target)) {
      case GoldenCheck.Verdict.Passed(double error, long _, boolean emulated) ->
          "self-test passed %s, largest error %.3g"
              .formatted(emulated ? "under emulation" : "on this machine", error);
      case GoldenCheck.Verdict.Failed failed -> throw failed.refusal(target);
      case GoldenCheck.Verdict.NotVerified(String reason) -> "not run here: " + reason;
    };
  }
}
