package io.edgewright.compiler;

import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.TargetChoice;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// `compile MODEL.onnx [--manifest M.json] [--target ID]... [--dim NAME=N]... [-o DIR] [--json]`
///
/// Paths of bundles go to standard output, one a line; everything else goes to standard error. Exit
/// status: 0 done, 2 the caller's fault, 3 a limit, 1 ours. After a failure no output file is left.
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
    System.exit(new CommandLine(System.out, System.err).run(List.of(arguments)));
  }

  /// Runs one command; returns the exit status.
  int run(List<String> arguments) {
    boolean json = arguments.contains("--json");
    try {
      CompileOptions options = CompileOptions.parse(arguments);
      if (options.help()) {
        err.println(CompileOptions.USAGE);
        return 0;
      }
      List<Path> bundles = compile(options);
      bundles.forEach(out::println);
      return 0;
    } catch (CompileException e) {
      report(e.problems(), json);
      return status(e.problems());
    } catch (RuntimeException | IOException | OutOfMemoryError | StackOverflowError e) {
      Problem fault =
          new Problem(
              ErrorCode.INTERNAL,
              new Location("compiler"),
              String.valueOf(e),
              "no such end",
              "report this with the model and the lines above");
      e.printStackTrace(err);
      report(List.of(fault), json);
      return status(List.of(fault));
    }
  }

  private List<Path> compile(CompileOptions options) throws IOException {
    byte[] model = options.readModel();
    Manifest manifest = options.readManifest();
    TargetCatalog catalog = TargetCatalog.standard();
    List<Problem> unknown =
        manifest.targets().stream()
            .flatMap(choice -> catalog.problem(choice.device(), options.targetLocation()).stream())
            .toList();
    if (!unknown.isEmpty()) {
      throw new CompileException(unknown);
    }
    List<CompiledModel> compiled = new ArrayList<>();
    for (TargetChoice choice : manifest.targets()) {
      Target target = catalog.get(choice.device(), options.targetLocation());
      CompiledModel bundle =
          Compiler.compile(
              new CompileRequest(model, manifest, target),
              stage -> err.println("progress " + target.id() + " " + stage.text()));
      err.println(target.id() + ": " + bundle.verification());
      compiled.add(bundle);
    }
    return write(options.folder(), compiled);
  }

  /// All bundles or none: each is written beside its place and moved there when all are complete.
  private static List<Path> write(Path folder, List<CompiledModel> compiled) throws IOException {
    Files.createDirectories(folder);
    List<Path> partial = new ArrayList<>();
    try {
      for (CompiledModel model : compiled) {
        Path file =
            folder.resolve(model.fileName() + "." + ProcessHandle.current().pid() + ".part");
        partial.add(file);
        Files.write(file, model.bundle());
      }
      List<Path> finished = new ArrayList<>();
      for (int i = 0; i < compiled.size(); i++) {
        Path place = folder.resolve(compiled.get(i).fileName());
        Files.move(partial.get(i), place, StandardCopyOption.REPLACE_EXISTING);
        finished.add(place);
      }
      return finished;
    } finally {
      for (Path file : partial) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void report(List<Problem> problems, boolean json) {
    if (json) {
      out.println(ProblemJson.array(problems));
    } else {
      problems.forEach(problem -> err.println("error " + problem.sentence()));
    }
  }

  /// The gravest blame decides: ours, then the caller's, then a limit.
  private static int status(List<Problem> problems) {
    List<Blame> blames = problems.stream().map(problem -> problem.code().blame()).toList();
    if (blames.contains(Blame.SERVICE)) {
      return 1;
    }
    return blames.contains(Blame.CALLER) ? 2 : 3;
  }
}
