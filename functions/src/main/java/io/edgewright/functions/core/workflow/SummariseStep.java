package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.IOException;
import java.time.Clock;

/// Says how the compilation as a whole ended, from how its targets ended, and leaves nothing of
/// those that failed.
public final class SummariseStep implements Step {
  private final CompilationStore compilations;
  private final ObjectStore objects;
  private final Clock clock;

  public SummariseStep(CompilationStore compilations, ObjectStore objects, Clock clock) {
    this.compilations = compilations;
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public ObjectNode run(JsonNode input) throws IOException {
    Attempt attempt = Attempt.of(input, compilations, clock);
    Compilation compilation = attempt.load();
    for (TargetStatus target : compilation.targets()) {
      for (String key : compilation.passingKeys(target.target())) {
        objects.delete(key);
      }
    }
    State state = compilation.outcome();
    attempt.setState(state, compilation.problems());
    return attempt.output().put("state", state.word());
  }
}
