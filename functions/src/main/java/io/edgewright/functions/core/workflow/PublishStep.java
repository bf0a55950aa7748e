package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.device.GroupMetadata;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Makes a verified bundle public: the object under its digest, then the record, then the signed
/// metadata of every group that runs the compilation. In this order, so that nothing ever points to
/// what is not there yet.
public final class PublishStep implements Step {
  private static final byte[] NO_REPORT = Json.bytes(Json.object());

  private final CompilationStore compilations;
  private final ObjectStore objects;
  private final GroupMetadata metadata;
  private final Path work;
  private final Clock clock;

  public PublishStep(
      CompilationStore compilations,
      ObjectStore objects,
      GroupMetadata metadata,
      Path work,
      Clock clock) {
    this.compilations = compilations;
    this.objects = objects;
    this.metadata = metadata;
    this.work = work;
    this.clock = clock;
  }

  @Override
  public ObjectNode run(JsonNode input) throws IOException {
    Attempt attempt = Attempt.of(input, compilations, clock);
    String target = input.required("target").asText();
    Compilation compilation = attempt.load();
    Artifact artifact = artifact(compilation, input);
    if (!compilations.useBundle(compilation.id(), attempt.number(), artifact.digest())) {
      throw new IllegalStateException("an equal bundle is being deleted: " + artifact.digest());
    }
    String staging = Compilation.stagingKey(compilation.id(), attempt.number(), target);
    storeObjects(staging, artifact);
    attempt.setTarget(TargetStatus.done(target, artifact));
    metadata.signFor(compilation.id());
    objects.delete(staging);
    return attempt.output().put("target", target);
  }

  private static Artifact artifact(Compilation compilation, JsonNode input) {
    return new Artifact(
        compilation.name() + "-" + input.required("target").asText() + ".zip",
        new Digest(input.required("digest").asText()),
        input.required("bytes").asLong(),
        Artifact.Verification.valueOf(input.required("verified").asText()));
  }

  private void storeObjects(String staging, Artifact artifact) throws IOException {
    try (WorkFolder folder = WorkFolder.in(work)) {
      Path bundle = folder.resolve("bundle.zip");
      if (objects.copyTo(staging, bundle)) {
        checkUnchanged(bundle, artifact);
        objects.putIfAbsent(artifact.bundleKey(), Content.of(bundle));
        objects.putIfAbsent(artifact.reportKey(), Content.of(report(bundle)));
      } else if (objects.size(artifact.bundleKey()).isEmpty()) {
        // Staging is emptied last, so an earlier run of this step would have left the bundle.
        throw new FileNotFoundException("no object " + staging);
      }
    }
  }

  /// What is signed must be what was verified: whoever compiles can write to staging at any time.
  private static void checkUnchanged(Path bundle, Artifact artifact) throws IOException {
    Digest now = Digest.of(bundle);
    if (!now.equals(artifact.digest()) || Files.size(bundle) != artifact.bytes()) {
      throw new ServiceFault(
          List.of(
              ServiceProblem.of(
                  ServiceErrorCode.BUNDLE_REFUSED,
                  "the bundle `" + artifact.fileName() + "`",
                  "`" + now + "` in staging",
                  "`" + artifact.digest() + "`, which was verified",
                  "post the same request again; if it stays, look for this compilation in the"
                      + " log")));
    }
  }

  private static byte[] report(Path bundle) throws IOException {
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      ZipEntry report = zip.getEntry("report.json");
      return report == null ? NO_REPORT : zip.getInputStream(report).readAllBytes();
    }
  }
}
