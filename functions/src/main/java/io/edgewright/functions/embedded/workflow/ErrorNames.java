package io.edgewright.functions.embedded.workflow;

import java.util.List;
import java.util.Set;

/// The names of errors, and which of them `ErrorEquals` means.
final class ErrorNames {
  /// Any error.
  static final String ALL = "States.ALL";

  /// Any error of a state but a timeout; also what a task ends with that took the service with it.
  static final String TASK_FAILED = "States.TaskFailed";

  static final String TIMEOUT = "States.Timeout";
  static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
  static final String QUERY_EVALUATION = "States.QueryEvaluationError";

  /// Those of the language that can happen here. Everything else that begins with `States.` is
  /// refused when the file is read.
  static final Set<String> KNOWN =
      Set.of(ALL, TASK_FAILED, TIMEOUT, NO_CHOICE_MATCHED, QUERY_EVALUATION);

  private ErrorNames() {}

  static boolean match(List<String> errorEquals, String error) {
    return errorEquals.contains(error)
        || errorEquals.contains(ALL)
        || (errorEquals.contains(TASK_FAILED) && !error.equals(TIMEOUT));
  }
}
