package io.edgewright.compiler.manifest;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.ArrayList;
import java.util.List;

/// Problems found so far. Reading goes on after each, so that all are told at once.
final class Findings {
  /// More would help nobody, and a hostile manifest could have thousands.
  private static final int MOST = 100;

  private final List<Problem> problems = new ArrayList<>();

  void add(ErrorCode code, String pointer, String seen, String allowed, String hint) {
    add(new Problem(code, Location.manifest(pointer), seen, allowed, hint));
  }

  void add(Problem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    }
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
  }
}
