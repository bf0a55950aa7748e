package io.edgewright.compiler.diagnostics;

import java.util.List;
import java.util.stream.Collectors;

/// The compilation cannot go on. Carries every problem found so far, at least one.
public final class CompileException extends RuntimeException {
  private final transient List<Problem> problems;

  public CompileException(List<Problem> problems) {
    super(problems.stream().map(Problem::sentence).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a CompileException needs at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  public CompileException(
      ErrorCode code, Location where, String seen, String allowed, String hint) {
    this(List.of(new Problem(code, where, seen, allowed, hint)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
