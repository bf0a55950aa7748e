package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.time.Clock;
import java.util.List;

/// The attempt that a step works for. Every write says which attempt it belongs to, and ends the
/// step when that is not the current one any more.
record Attempt(CompilationStore store, Clock clock, String compilation, int number) {
  static Attempt of(JsonNode input, CompilationStore store, Clock clock) {
    return new Attempt(
        store, clock, input.required("compilation").asText(), input.required("attempt").asInt());
  }

  /// The fields that name this attempt, for the next step.
  ObjectNode output() {
    return Json.object().put("compilation", compilation).put("attempt", number);
  }

  Compilation load() {
    return store
        .find(compilation)
        .filter(found -> found.attempt() == number)
        .orElseThrow(this::superseded);
  }

  TargetStatus load(String target) {
    return load().target(target).orElseThrow(this::superseded);
  }

  void setState(State state, List<ServiceProblem> problems) {
    if (!store.setState(compilation, number, state, problems, clock.instant())) {
      throw superseded();
    }
  }

  /// @return false when the target was done before, and stays so: then the same attempt was started
  ///   twice, and the other execution was faster
  boolean setTarget(TargetStatus status) {
    if (store.setTarget(compilation, number, status, clock.instant())) {
      return true;
    }
    if (load(status.target()).state() == State.DONE) {
      return false;
    }
    throw superseded();
  }

  NoRetry superseded() {
    return new NoRetry("attempt " + number + " of " + compilation + " is over");
  }
}
