package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.CompileWorker;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// Compiles one target: `{compilation, attempt, target}` -> `{..., staging}`, the key under which
/// the bundle waits for verification.
public final class CompileStep implements Step {
  /// How far a compilation is when a stage begins, measured on networks of 1 to 20 MB.
  private static final Map<String, Integer> PERCENT_AT =
      Map.of(
          "read", 2,
          "import", 5,
          "optimise", 10,
          "schedule", 20,
          "compile", 30,
          "verify", 75,
          "bundle", 90);

  private final CompilationStore compilations;
  private final ObjectStore objects;
  private final Inspector inspector;
  private final CompileWorker worker;
  private final Path work;
  private final Clock clock;

  public CompileStep(
      CompilationStore compilations,
      ObjectStore objects,
      Inspector inspector,
      CompileWorker worker,
      Path work,
      Clock clock) {
    this.compilations = compilations;
    this.objects = objects;
    this.inspector = inspector;
    this.worker = worker;
    this.work = work;
    this.clock = clock;
  }

  @Override
  public ObjectNode run(JsonNode input) throws IOException, InterruptedException {
    Attempt attempt = Attempt.of(input, compilations, clock);
    String target = input.required("target").asText();
    Compilation compilation = attempt.load();
    try (WorkFolder folder = WorkFolder.in(work)) {
      Path bundle = compile(attempt, compilation, target, folder);
      objects.putIfAbsent(compilation.stagingKey(target), Content.of(bundle));
    } catch (ServiceException e) {
      throw recorded(attempt, target, e);
    }
    return attempt.output().put("target", target).put("staging", compilation.stagingKey(target));
  }

  private Path compile(Attempt attempt, Compilation compilation, String target, WorkFolder folder)
      throws IOException, InterruptedException {
    Inputs inputs = new Inputs(objects, inspector);
    Path model = inputs.model(compilation, folder);
    Path manifest = folder.resolve("manifest.json");
    Files.write(manifest, inputs.manifest(compilation, target, folder).bytes());
    Path own = Files.createDirectory(folder.resolve("compiler"));
    return worker.compile(
        new CompileWorker.Job(compilation.id(), target, own, model, manifest),
        stage -> progress(attempt, target, stage));
  }

  private static void progress(Attempt attempt, String target, String stage) {
    // A stage that a newer compiler has, and this table does not, moves nothing.
    int before = attempt.load(target).percent();
    int percent = Math.max(before, PERCENT_AT.getOrDefault(stage, before));
    attempt.setTarget(TargetStatus.running(target, stage, percent));
  }

  /// The caller's problems end the target now; a fault of the service may be gone the next time.
  private static RuntimeException recorded(Attempt attempt, String target, ServiceException e) {
    if (e.problems().stream().anyMatch(problem -> problem.blame() == Blame.SERVICE)) {
      return new ServiceFault(e.problems());
    }
    attempt.setTarget(attempt.load(target).failed(e.problems()));
    return new NoRetry(target + " has " + e.problems().size() + " problems");
  }
}
