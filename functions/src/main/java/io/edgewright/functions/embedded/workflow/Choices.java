package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.embedded.workflow.Machine.After;
import io.edgewright.functions.embedded.workflow.Machine.Rule;
import io.edgewright.functions.embedded.workflow.Machine.State;

/// Which way a choice goes.
final class Choices {
  private Choices() {}

  /// @throws WorkflowException when no rule holds and there is no default, or a condition is
  ///   neither true nor false
  static After choose(State.Choice choice, Scope scope) {
    for (Rule rule : choice.rules()) {
      JsonNode holds = rule.condition().evaluate(scope);
      if (!holds.isBoolean()) {
        throw new WorkflowException(
            ErrorNames.QUERY_EVALUATION, "a `Condition` is " + holds + ", not true or false");
      }
      if (holds.asBoolean()) {
        return rule.after();
      }
    }
    return choice
        .otherwise()
        .orElseThrow(() ->
            new WorkflowException(
                ErrorNames.NO_CHOICE_MATCHED, "no rule holds, and there is no `Default`"));
  }
}
