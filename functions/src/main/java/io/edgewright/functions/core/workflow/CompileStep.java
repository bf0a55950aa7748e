package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.CompileWorker;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compiles one target: `{compilation, attempt, target, name, model, manifest, compiler}` -> `{}`,
/// the bundle being in staging, or `{problems}` of the caller. It handles what strangers sent, so
/// it reads models, writes to staging, and does nothing else.
public final class CompileStep implements Step {
  private final ObjectStore objects;
  private final CompileWorker worker;
  private final Progress progress;
  private final Path work;

  public CompileStep(ObjectStore objects, CompileWorker worker, Progress progress, Path work) {
    this.objects = objects;
    this.worker = worker;
    this.progress = progress;
    this.work = work;
  }

  @Override
  public ObjectNode run(JsonNode input) throws IOException, InterruptedException {
    TargetTask task = TargetTask.of(input);
    try (WorkFolder folder = WorkFolder.in(work)) {
      Path bundle = compile(task, folder);
      objects.putIfAbsent(task.stagingKey(), Content.of(bundle));
    } catch (ServiceException e) {
      // The caller's problems end the target; a fault of the service may be gone the next time.
      if (e.problems().stream().anyMatch(problem -> problem.blame() == Blame.SERVICE)) {
        throw new ServiceFault(e.problems());
      }
      return TargetTask.refused(e.problems());
    }
    return Json.object();
  }

  private Path compile(TargetTask task, WorkFolder folder)
      throws IOException, InterruptedException {
    Path model = folder.fetch(objects, task.modelKey(), "model.onnx");
    Path manifest = folder.fetch(objects, task.manifestKey(), "manifest.json");
    Path own = Files.createDirectory(folder.resolve("compiler"));
    return worker.compile(
        new CompileWorker.Job(task.task().compilation(), task.target(), own, model, manifest),
        stage -> progress.reached(task.task(), stage));
  }
}
