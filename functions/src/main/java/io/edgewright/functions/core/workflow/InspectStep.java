package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Looks at the model before anything is compiled: `{compilation, attempt}` -> `{..., targets}`,
/// the targets that are still to be done. A model with problems ends the compilation.
public final class InspectStep implements Step {
  private final CompilationStore compilations;
  private final ObjectStore objects;
  private final Inspector inspector;
  private final Path work;
  private final Clock clock;

  public InspectStep(
      CompilationStore compilations,
      ObjectStore objects,
      Inspector inspector,
      Path work,
      Clock clock) {
    this.compilations = compilations;
    this.objects = objects;
    this.inspector = inspector;
    this.work = work;
    this.clock = clock;
  }

  @Override
  public ObjectNode run(JsonNode input) throws IOException {
    Attempt attempt = Attempt.of(input, compilations, clock);
    Compilation compilation = attempt.load();
    attempt.setState(State.RUNNING, List.of());
    List<TargetStatus> open =
        compilation.targets().stream().filter(target -> target.state() != State.DONE).toList();
    List<ServiceProblem> problems = problems(compilation);
    if (!problems.isEmpty()) {
      open.forEach(target ->
          attempt.setTarget(TargetStatus.running(target.target(), "inspect", 0).failed(List.of())));
      attempt.setState(State.FAILED, problems);
      throw new NoRetry("the model has " + problems.size() + " problems");
    }
    ObjectNode output = attempt.output();
    ArrayNode targets = output.putArray("targets");
    open.forEach(target -> targets.add(target.target()));
    return output;
  }

  private List<ServiceProblem> problems(Compilation compilation) throws IOException {
    try (WorkFolder folder = WorkFolder.in(work)) {
      Inputs inputs = new Inputs(objects, inspector);
      byte[] model = Files.readAllBytes(inputs.model(compilation, folder));
      return inspector.inspect(model, inputs.manifest(compilation, folder));
    }
  }
}
