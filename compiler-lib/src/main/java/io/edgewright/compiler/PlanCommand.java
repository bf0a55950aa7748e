package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Json;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `plan`: the plan goes to standard output, as a table or with `--json` as an object, even where
/// problems stand against it; these go to standard error, are also in the object, and decide the
/// exit status. Without a readable model and manifest there is no plan: then problems are printed
/// as `compile` prints them.
final class PlanCommand {
  private final PrintStream out;
  private final PrintStream err;

  PlanCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// @return the exit status
  int run(CompileOptions options, boolean json) throws IOException {
    byte[] model = options.readModel();
    Plan plan = Planner.plan(model, manifest(options, model), options.targetLocation());
    if (json) {
      out.print(new String(Json.lines(PlanJson.of(plan)), StandardCharsets.UTF_8));
    } else {
      out.print(PlanTable.of(plan));
      ProblemLines.print(plan.allProblems(), err);
    }
    return ProblemLines.status(plan.allProblems());
  }

  /// @throws CompileException with the problems of the manifest, and with those that the model has
  ///   under any manifest
  private static Manifest manifest(CompileOptions options, byte[] model) throws IOException {
    try {
      return options.readManifest();
    } catch (CompileException e) {
      List<Problem> problems = new ArrayList<>(e.problems());
      Compiler.inspect(model, Manifest.raw("model")).problems().stream()
          .filter(problem -> problem.code() != ErrorCode.DIMENSION_UNBOUND)
          .forEach(problems::add);
      throw new CompileException(problems);
    }
  }
}
