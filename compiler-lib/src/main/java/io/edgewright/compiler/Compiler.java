package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Bundle;
import io.edgewright.compiler.bundle.BundleEntry;
import io.edgewright.compiler.bundle.BundleWriter;
import io.edgewright.compiler.bundle.Golden;
import io.edgewright.compiler.bundle.GoldenCheck;
import io.edgewright.compiler.bundle.MachineCode;
import io.edgewright.compiler.bundle.Portrait;
import io.edgewright.compiler.bundle.Provenance;
import io.edgewright.compiler.bundle.ReportParts;
import io.edgewright.compiler.bundle.RunSettings;
import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.manifest.Budget;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.schedule.ConvolutionMethod;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.toolchain.Toolchain;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    MachineCode code = MachineCode.build(source, target, golden, Toolchain.standard());

    progress.accept(Stage.VERIFY);
    GoldenCheck.Verdict verdict = GoldenCheck.here().run(code, source, golden, target);
    String verification = verification(verdict, target);
    progress.accept(Stage.BUNDLE);
    List<BundleEntry> entries =
        Bundle.entries(
            code,
            source,
            target,
            golden,
            provenance(request),
            run(manifest),
            new ReportParts(
                written.vectors().accuracy(verdict, source.outputs()), written.portrait()));
    String fileName = manifest.name() + "-" + target.id() + ".zip";
    return new CompiledModel(fileName, BundleWriter.write(entries), verification);
  }

  /// The C of a program, without compiling it.
  ///
  /// @throws CompileException with every problem that was found
  public static NativeProgram source(CompileRequest request) {
    return write(request, stage -> {}).program();
  }

  /// A program in C, what it must answer, and what it looks like.
  private record Written(NativeProgram program, GoldenVectors vectors, Portrait portrait) {}

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
    Program program =
        Scheduler.schedule(optimised, Machine.of(target), convolutions(manifest, target));
    GoldenVectors vectors = GoldenVectors.of(product);
    NativeProgram source =
        CodeGenerator.generate(
            manifest.name(),
            target.id(),
            program,
            product.inputs(),
            product.outputs(),
            LayerCosts.of(optimised, program, target),
            vectors.threshold());
    checkBudget(manifest.budget(), target, source);
    return new Written(source, vectors, Portraits.of(optimised, program, manifest.budget()));
  }

  /// Every value of a compiled network beside the reference.
  ///
  /// @param frame makes the inputs that fit a program's; empty for the golden frame
  static AccuracyReport explain(
      CompileRequest request, Optional<Function<List<Port>, List<Tensor>>> frame) {
    Manifest manifest = request.manifest();
    Graph network = GraphImporter.read(OnnxReader.read(request.model()), manifest.dims());
    EndToEnd product = EndToEnd.wrap(network, manifest);
    List<Tensor> inputs =
        frame.isPresent()
            ? frame.get().apply(product.inputs())
            : GoldenVectors.of(product).inputs();
    Graph optimised = PassList.runKeepingLayers(product.graph());
    return ExplainAccuracy.of(product, optimised, request.target(), inputs);
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

  private static void checkBudget(Budget budget, Target target, NativeProgram program) {
    List<Problem> problems =
        Shortage.problems(
            budget,
            target,
            program.arenaBytes(),
            program.weights().length,
            program.predictedMicros() / 1000);
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
  }

  static ConvolutionMethod convolutions(Manifest manifest, Target target) {
    return switch (manifest.choice(target.id()).precision()) {
      case FP32 -> ConvolutionMethod.FASTEST;
      case FP32_DIRECT -> ConvolutionMethod.DIRECT;
    };
  }

  private static Provenance provenance(CompileRequest request) {
    return new Provenance(
        digest(),
        CompilerDigest.sha256(request.model()),
        CompilerDigest.sha256(
            request.manifest().forDevice(request.target().id()).normalisedJson()));
  }

  private static Optional<RunSettings> run(Manifest manifest) {
    return Optional.of(new RunSettings(manifest.run().normalForm()));
  }

  private static String verification(GoldenCheck.Verdict verdict, Target target) {
    return switch (verdict) {
      case GoldenCheck.Verdict.Passed passed ->
          String.format(
              Locale.ROOT,
              "self-test passed %s, largest error %.3g",
              passed.emulated() ? "under emulation" : "on this machine",
              passed.maximumError());
      case GoldenCheck.Verdict.Failed failed -> throw failed.refusal(target);
      case GoldenCheck.Verdict.NotVerified(String reason) -> "not run here: " + reason;
    };
  }
}
