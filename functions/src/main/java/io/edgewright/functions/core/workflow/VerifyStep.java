package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.SelfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks a bundle before anything about it is signed: what [CompileStep] was given -> `{digest,
/// bytes, verified}`, or `{problems}`. Every byte is what `bundle.json` says, and where this
/// machine can run the program, its golden test passes. It runs what came of a stranger's model, so
/// it reads from staging and does nothing else.
public final class VerifyStep implements Step {
  static final String CHECKED = "checked";

  private final ObjectStore objects;
  private final SelfTest selfTest;
  private final Progress progress;
  private final Path work;

  public VerifyStep(ObjectStore objects, SelfTest selfTest, Progress progress, Path work) {
    this.objects = objects;
    this.selfTest = selfTest;
    this.progress = progress;
    this.work = work;
  }

  @Override
  public ObjectNode run(JsonNode input) throws IOException, InterruptedException {
    TargetTask task = TargetTask.of(input);
    try (WorkFolder folder = WorkFolder.in(work)) {
      Path bundle = folder.fetch(objects, task.stagingKey(), "bundle.zip");
      Path unpacked = Files.createDirectory(folder.resolve("bundle"));
      JsonNode description = new BundleCheck(task, unpacked).unpack(bundle);
      Artifact.Verification verified = run(description, unpacked, task.target());
      progress.reached(task.task(), CHECKED);
      return Json.object()
          .put("digest", Digest.of(bundle).hex())
          .put("bytes", Files.size(bundle))
          .put("verified", verified.name());
    } catch (ServiceException e) {
      return TargetTask.refused(e.problems());
    }
  }

  private Artifact.Verification run(JsonNode description, Path unpacked, String target)
      throws IOException, InterruptedException {
    List<String> features = new ArrayList<>();
    description.at("/target/features").forEach(feature -> features.add(feature.asText()));
    String triple = description.at("/target/triple").asText();
    return switch (selfTest.run(unpacked, triple, features)) {
      case SelfTest.Outcome.Passed(Artifact.Verification how) -> how;
      case SelfTest.Outcome.Skipped _ -> Artifact.Verification.DIGESTS;
      case SelfTest.Outcome.Failed(String seen) ->
          throw new ServiceException(
              ServiceErrorCode.BUNDLE_REFUSED,
              "the self-test of `" + target + "`",
              seen,
              "`{\"ok\":true,...}` and exit status 0",
              "this is a fault of the compiler: please report it with the model, if you can share"
                  + " it");
    };
  }
}
