package io.edgewright.functions.core;

import java.util.List;
import java.util.stream.Collectors;

/// The request cannot be served. Carries every problem that was found, at least one.
public final class ServiceException extends RuntimeException {
  private final transient List<ServiceProblem> problems;

  public ServiceException(List<ServiceProblem> problems) {
    super(problems.stream().map(ServiceProblem::sentence).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a ServiceException needs at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  public ServiceException(
      ServiceErrorCode code, String where, String seen, String allowed, String hint) {
    this(List.of(ServiceProblem.of(code, where, seen, allowed, hint)));
  }

  public List<ServiceProblem> problems() {
    return problems;
  }
}
