package io.edgewright.compiler;

import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.compiler.diagnostics.Problem;
import java.io.PrintStream;
import java.util.List;

/// Problems as people read them, and what a process that met them ends with.
final class ProblemLines {
  private ProblemLines() {}

  static void print(List<Problem> problems, PrintStream err) {
    problems.forEach(problem -> err.println("error " + problem.sentence()));
  }

  /// The exit status: 0 without problems; else the gravest blame decides: ours, then the caller's,
  /// then a limit.
  static int status(List<Problem> problems) {
    List<Blame> blames = problems.stream().map(problem -> problem.code().blame()).toList();
    if (blames.contains(Blame.SERVICE)) {
      return 1;
    }
    if (blames.contains(Blame.CALLER)) {
      return 2;
    }
    return problems.isEmpty() ? 0 : 3;
  }
}
