package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.Inspector.ReadManifest;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Looks at the model before anything is compiled: `{compilation, attempt}` -> `{..., name, model,
/// compiler, targets}`, the targets that are still to be done and the digests of their manifests:
/// all that workers have to know. A model with problems ends the compilation.
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
    ReadManifest manifest = manifest(compilation);
    List<ServiceProblem> problems = problems(compilation, manifest);
    if (!problems.isEmpty()) {
      open.forEach(target ->
          attempt.setTarget(TargetStatus.running(target.target(), "inspect", 0).failed(List.of())));
      attempt.setState(State.FAILED, problems);
      throw new NoRetry("the model has " + problems.size() + " problems");
    }
    ObjectNode output =
        attempt
            .output()
            .put("name", compilation.name())
            .put("model", compilation.model().hex())
            .put("compiler", compilation.compiler().hex());
    ArrayNode targets = output.putArray("targets");
    for (TargetStatus target : open) {
      byte[] own = inspector.forTarget(manifest, target.target()).bytes();
      if (prepare(attempt, target.target(), own)) {
        targets.addObject().put("target", target.target()).put("manifest", Digest.of(own).hex());
      }
    }
    return output;
  }

  /// Puts a target's manifest where its worker finds it.
  ///
  /// @return false when the target is done meanwhile
  private boolean prepare(Attempt attempt, String target, byte[] manifest) throws IOException {
    String key = Compilation.jobKey(attempt.compilation(), attempt.number(), target);
    objects.putIfAbsent(key, Content.of(manifest));
    return attempt.setTarget(TargetStatus.running(target, "inspected", 1));
  }

  private ReadManifest manifest(Compilation compilation) throws IOException {
    String key = compilation.manifestKey();
    return inspector.readManifest(
        objects.read(key).orElseThrow(() -> new FileNotFoundException("no object " + key)));
  }

  private List<ServiceProblem> problems(Compilation compilation, ReadManifest manifest)
      throws IOException {
    try (WorkFolder folder = WorkFolder.in(work)) {
      Path model = folder.fetch(objects, compilation.modelKey(), "model.onnx");
      byte[] bytes = Files.readAllBytes(model);
      return Digest.of(bytes).equals(compilation.model())
          ? inspector.inspect(bytes, manifest)
          : List.of(otherModel(compilation));
    }
  }

  /// The object store holds an upload against its digest. Should it not have, this is the last
  /// place where it shows before the model's name is signed for.
  private static ServiceProblem otherModel(Compilation compilation) {
    return ServiceProblem.of(
        ServiceErrorCode.UPLOAD_MISMATCH,
        "/model",
        "an upload that is another file",
        "the file `" + compilation.model() + "`",
        "upload the model again");
  }
}
