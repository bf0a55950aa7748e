package io.edgewright.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.bench.service.ServiceBench;
import io.edgewright.bench.service.ServiceBenchOptions;
import io.edgewright.bench.service.ServiceReport;
import io.edgewright.compiler.CompileRequest;
import io.edgewright.compiler.CompiledModel;
import io.edgewright.compiler.Compiler;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.demo.UnpackedBundle;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `bench [MODEL.onnx ...] [--quick]` and `bench service ...`; started by `./edgewright bench`.
/// Tables go to standard output, progress to standard error. Exit status: 0 done, 1 a model could
/// not be measured, 2 wrong arguments or nothing to measure.
public final class Bench {
  private static final int STARTS = 7;
  private static final int QUICK_STARTS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchOptions options;
  private final Path folder;
  private final PrintStream progress;
  private final Target host =
      TargetCatalog.standard().get(Manifest.HOST, Location.option("--target"));

  Bench(BenchOptions options, Path folder, PrintStream progress) {
    this.options = options;
    this.folder = folder;
    this.progress = progress;
  }

  @SuppressWarnings("SystemExitOutsideMain") // this is main
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path project = Path.of(System.getProperty("edgewright.project", "."));
    Path testdata = project.resolveSibling("shared").resolve("testdata");
    Path folder = Files.createDirectories(project.resolve("target").resolve("bench"));
    if (arguments.length > 0 && arguments[0].equals("service")) {
      System.exit(service(List.of(arguments).subList(1, arguments.length), folder, out));
    }
    try {
      BenchOptions options = BenchOptions.parse(List.of(arguments), testdata);
      BenchResult result = new Bench(options, folder, System.err).run();
      Path json = folder.resolve("bench.json");
      Files.writeString(json, new BenchJson(result).text());
      out.print(new BenchTable(result).text());
      out.printf("%nas JSON: %s%n", json);
      System.exit(result.failures().isEmpty() ? 0 : 1);
    } catch (BenchException refused) {
      System.err.println("bench: " + refused.getMessage());
      System.exit(2);
    }
  }

  /// `bench service`: the service in place of models.
  private static int service(List<String> arguments, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    ServiceBenchOptions options;
    try {
      options = ServiceBenchOptions.parse(arguments);
    } catch (IllegalArgumentException refused) {
      System.err.println("bench: " + refused.getMessage());
      return 2;
    }
    Path own = Files.createTempDirectory(folder, "service-");
    ServiceReport report = new ServiceBench(options, own, System.err).run();
    Path json = folder.resolve("service.json");
    Files.writeString(json, report.json());
    out.print(report.table());
    out.printf("%nas JSON: %s; the service's data and log: %s%n", json, own);
    return report.allHeld() ? 0 : 1;
  }

  /// Measures every model.
  BenchResult run() throws IOException, InterruptedException, BenchException {
    OnnxRuntimeLibrary runtime = OnnxRuntimeLibrary.load(folder);
    Machine machine = Machine.measure(NativeTool.build("peak.c", folder));
    Optional<NativeTool> peer = NativeTool.build("onnxruntime_peer.c", folder);
    List<Measurement> measurements = new ArrayList<>();
    List<BenchResult.Failure> failures = new ArrayList<>();
    for (Path file : options.models()) {
      String name = BenchModel.nameOf(file);
      try {
        BenchModel model = BenchModel.read(file);
        Measurement measured = measure(model, runtime, peer);
        measurements.add(measured);
        progress.printf("%s: %.2f%n", name, measured.oneThread().ratio());
      } catch (CompileException refused) {
        failures.add(new BenchResult.Failure(name, sentences(refused)));
      } catch (BenchException | IOException | IllegalStateException failed) {
        failures.add(new BenchResult.Failure(name, String.valueOf(failed.getMessage())));
      }
    }
    return new BenchResult(machine, runtime.version(), options.quick(), measurements, failures);
  }

  private static String sentences(CompileException refused) {
    return refused.problems().stream().map(Problem::sentence).collect(Collectors.joining("; "));
  }

  private Measurement measure(
      BenchModel model, OnnxRuntimeLibrary runtime, Optional<NativeTool> peer)
      throws IOException, InterruptedException {
    Manifest manifest = Manifest.raw("bench").withFixedDims(model.dims());
    byte[] network = Files.readAllBytes(model.file());
    long start = System.nanoTime();
    CompiledModel compiled = Compiler.compile(new CompileRequest(network, manifest, host), _ -> {});
    double compileMillis = (System.nanoTime() - start) / 1e6;
    Path bundle = folder.resolve("bundle");
    UnpackedBundle.into(bundle, compiled.bundle());
    JsonNode facts = JSON.readTree(bundle.resolve("bundle.json").toFile());
    var artifact =
        new Measurement.Artifact(
            compiled.bundle().length,
            Files.size(bundle.resolve("libmodel.so")),
            facts.get("weightsBytes").asLong(),
            facts.get("arenaBytes").asLong(),
            compileMillis);
    return new Measurement(
        model,
        duel(model, runtime, bundle, 1),
        duel(model, runtime, bundle, 2),
        artifact,
        facts.get("predicted").get("flops").asLong(),
        peer.isPresent()
            ? Optional.of(starts(model, runtime, bundle, peer.get()))
            : Optional.empty());
  }

  private Duel duel(BenchModel model, OnnxRuntimeLibrary runtime, Path bundle, int threads)
      throws IOException, InterruptedException {
    Duel.Length length = options.quick() ? Duel.Length.QUICK : Duel.Length.FULL;
    Processors processors = Processors.allowed();
    processors.holdSecond(); // their helpers stay there
    try (var theirs = new OnnxRuntimeSession(runtime, model, threads);
        var ours = new CompiledProgram(bundle, model, threads)) {
      processors.holdFirst();
      return Duel.between(theirs, ours, threads, length);
    } finally {
      processors.release();
    }
  }

  private Measurement.Starts starts(
      BenchModel model, OnnxRuntimeLibrary runtime, Path bundle, NativeTool peer)
      throws IOException, InterruptedException {
    byte[] frame = model.frame();
    List<String> theirCommand = peerCommand(model, runtime, peer);
    List<String> ourCommand = List.of(bundle.resolve("model").toString(), "--format", "binary");
    List<FirstResult> theirs = new ArrayList<>();
    List<FirstResult> ours = new ArrayList<>();
    for (int i = 0; i < (options.quick() ? QUICK_STARTS : STARTS); i++) {
      theirs.add(FirstResult.of(theirCommand, frame));
      ours.add(FirstResult.of(ourCommand, frame));
    }
    return new Measurement.Starts(FirstResult.typical(theirs), FirstResult.typical(ours));
  }

  private static List<String> peerCommand(
      BenchModel model, OnnxRuntimeLibrary runtime, NativeTool peer) {
    List<String> command = new ArrayList<>();
    command.add(peer.program().toString());
    command.addAll(List.of(runtime.file().toString(), model.file().toString(), "1"));
    model.dims().forEach((name, extent) -> command.addAll(List.of("dim", name, "" + extent)));
    for (BenchInput input : model.inputs()) {
      command.addAll(List.of("in", input.name(), "" + input.type(), "" + input.bytes().length));
      command.add("" + input.shape().size());
      input.shape().forEach(extent -> command.add(extent.toString()));
    }
    for (String output : model.outputs()) {
      command.addAll(List.of("out", output));
    }
    return command;
  }
}
