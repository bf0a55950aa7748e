package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.SelfTest;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Checks a bundle before anything about it is signed: `{..., staging}` -> `{..., digest, bytes,
/// verified}`. Every byte is what `bundle.json` says, and where this machine can run the program,
/// its golden test passes.
public final class VerifyStep implements Step {
  private final CompilationStore compilations;
  private final ObjectStore objects;
  private final Inspector inspector;
  private final SelfTest selfTest;
  private final Path work;
  private final Clock clock;

  public VerifyStep(
      CompilationStore compilations,
      ObjectStore objects,
      Inspector inspector,
      SelfTest selfTest,
      Path work,
      Clock clock) {
    this.compilations = compilations;
    this.objects = objects;
    this.inspector = inspector;
    this.selfTest = selfTest;
    this.work = work;
    this.clock = clock;
  }

  @Override
  public ObjectNode run(JsonNode input) throws IOException, InterruptedException {
    Attempt attempt = Attempt.of(input, compilations, clock);
    String target = input.required("target").asText();
    String staging = input.required("staging").asText();
    Compilation compilation = attempt.load();
    try (WorkFolder folder = WorkFolder.in(work)) {
      Inputs inputs = new Inputs(objects, inspector);
      Path bundle = inputs.fetch(staging, folder.resolve("bundle.zip"));
      byte[] manifest = inputs.manifest(compilation, target, folder).bytes();
      Path unpacked = Files.createDirectory(folder.resolve("bundle"));
      JsonNode description =
          new BundleCheck(compilation, target, Digest.of(manifest), unpacked).unpack(bundle);
      Artifact.Verification verified = run(description, unpacked, target);
      attempt.setTarget(TargetStatus.running(target, "checked", 95));
      return attempt
          .output()
          .put("target", target)
          .put("staging", staging)
          .put("digest", digest(bundle).hex())
          .put("bytes", Files.size(bundle))
          .put("verified", verified.name());
    } catch (ServiceException e) {
      attempt.setTarget(attempt.load(target).failed(e.problems()));
      throw new NoRetry("the bundle of " + target + " did not pass");
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

  private static Digest digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Digest.of(in);
    }
  }
}
