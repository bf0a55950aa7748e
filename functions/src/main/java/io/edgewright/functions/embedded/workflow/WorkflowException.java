package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.embedded.workflow.Machine.State;
import java.util.Optional;

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

  /// The file says so.
  static WorkflowException of(State.Fail fail, Scope scope) {
    return new WorkflowException(text(fail.error(), scope), text(fail.cause(), scope));
  }

  private static String text(Optional<Template> template, Scope scope) {
    return template.map(text -> text.evaluate(scope).asText()).orElse("");
  }

  String error() {
    return error;
  }

  ObjectNode errorOutput() {
    return Json.object().put("Error", error).put("Cause", getMessage());
  }
}
