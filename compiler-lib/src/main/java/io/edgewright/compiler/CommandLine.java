package io.edgewright.compiler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.edgewright.compiler.bundle.SourceFiles;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `compile MODEL.onnx [--manifest M.json] [--target ID]... [--dim NAME=N or NAME=..N]... [-o DIR]
/// [--emit c | --explain-accuracy [--input FILE]...] [--json]`, and `plan`, which is told in
/// [PlanCommand]
///
/// Paths of bundles (with `--emit c` of folders, with `--explain-accuracy` a table instead) go to
/// standard output, one a line; everything else goes to standard error. Exit status: 0 done, 2 the
/// caller's fault, 3 a limit, 1 ours. After a failure no output file is left.
public final class CommandLine {
  private final PrintStream out;
  private final PrintStream err;

  CommandLine(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Runs one command and ends the process with its status.
  @SuppressWarnings("SystemExitOutsideMain") // this is main
  public static void main(String[] arguments) {
    // Digits in generated code are the same everywhere, whatever the user's own look like.
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(System.out, System.err).run(List.of(arguments)));
  }

  /// Runs one command; returns the exit status.
  int run(List<String> arguments) {
    boolean json = arguments.contains("--json");
    try {
      CompileOptions options = CompileOptions.parse(arguments);
      if (options.help()) {
        err.println(options.verb().usage());
        return 0;
      }
      return switch (options.verb()) {
        case COMPILE -> {
          execute(options, json);
          yield 0;
        }
        case PLAN -> new PlanCommand(out, err).run(options, json);
      };
    } catch (CompileException e) {
      return report(e.problems(), json);
    } catch (RuntimeException | IOException | OutOfMemoryError | StackOverflowError e) {
      Problem fault =
          new Problem(
              ErrorCode.INTERNAL,
              new Location("compiler"),
              String.valueOf(e),
              "no such end",
              "report this with the model and the lines above");
      e.printStackTrace(err);
      return report(List.of(fault), json);
    }
  }

  private void execute(CompileOptions options, boolean json) throws IOException {
    byte[] model = options.readModel();
    Manifest manifest = options.readManifest();
    List<CompileRequest> requests =
        targets(manifest, options.targetLocation()).stream()
            .map(target -> new CompileRequest(model, manifest, target))
            .toList();
    switch (options.task()) {
      case BUNDLES, SOURCE -> write(requests, options);
      case ACCURACY -> explain(requests, options, json);
    }
  }

  private static List<Target> targets(Manifest manifest, Location where) {
    TargetCatalog catalog = TargetCatalog.standard();
    List<Problem> unknown =
        manifest.targets().stream()
            .flatMap(choice -> catalog.problem(choice.device(), where).stream())
            .toList();
    if (!unknown.isEmpty()) {
      throw new CompileException(unknown);
    }
    return manifest.targets().stream().map(choice -> catalog.get(choice.device(), where)).toList();
  }

  private void write(List<CompileRequest> requests, CompileOptions options) throws IOException {
    OutputFiles files = new OutputFiles();
    List<Path> places = new ArrayList<>();
    for (CompileRequest request : requests) {
      places.add(
          options.task() == CompileOptions.Task.SOURCE
              ? addSource(request, options.folder(), files)
              : addBundle(request, options, files));
    }
    files.write();
    places.forEach(out::println);
  }

  private void explain(List<CompileRequest> requests, CompileOptions options, boolean json)
      throws IOException {
    var frame = options.readFrame();
    List<AccuracyReport> reports =
        requests.stream().map(request -> Compiler.explain(request, frame)).toList();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      reports.forEach(report -> array.add(report.json()));
      out.println(array);
    } else {
      reports.forEach(report -> out.print(report.text()));
    }
  }

  private Path addBundle(CompileRequest request, CompileOptions options, OutputFiles files) {
    String target = request.target().id();
    CompiledModel compiled =
        Compiler.compile(request, stage -> err.println("progress " + target + " " + stage.text()));
    err.println(target + ": " + compiled.verification());
    Path place = options.folder().resolve(compiled.fileName());
    files.add(place, compiled.bundle());
    if (options.report()) {
      Path page = options.folder().resolve(compiled.pageName());
      files.add(page, compiled.page().getBytes(StandardCharsets.UTF_8));
      err.println("report " + page);
    }
    return place;
  }

  private static Path addSource(CompileRequest request, Path folder, OutputFiles files) {
    NativeProgram program = Compiler.source(request);
    Path place = folder.resolve(program.name() + "-" + request.target().id());
    SourceFiles.of(program, request.target())
        .forEach(entry -> files.add(place.resolve(entry.path()), entry.bytes()));
    return place;
  }

  private int report(List<Problem> problems, boolean json) {
    if (json) {
      out.println(ProblemJson.array(problems));
    } else {
      ProblemLines.print(problems, err);
    }
    return ProblemLines.status(problems);
  }
}
