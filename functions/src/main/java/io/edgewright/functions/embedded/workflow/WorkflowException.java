package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;

/// An error of a state, as `ErrorEquals` and `$states.errorOutput` see it.
final class WorkflowException extends RuntimeException {
  private final String error;

  WorkflowException(String error, String cause) {
    super(cause);
    this.error = error;
  }

  /// A step threw: its class is the error's name, as Lambda says it.
  static WorkflowException of(Exception thrown) {
    WorkflowException exception =
        new WorkflowException(thrown.getClass().getName(), String.valueOf(thrown.getMessage()));
    exception.initCause(thrown);
    return exception;
  }

  String error() {
    return error;
  }

  ObjectNode errorOutput() {
    return Json.object().put("Error", error).put("Cause", getMessage());
  }
}
