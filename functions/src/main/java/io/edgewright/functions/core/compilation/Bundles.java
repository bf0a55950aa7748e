package io.edgewright.functions.core.compilation;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// Where to fetch what a compilation made.
public final class Bundles {
  private static final Duration VALIDITY = Duration.ofMinutes(15);

  private final Compilations compilations;
  private final ObjectStore objects;

  public Bundles(Compilations compilations, ObjectStore objects) {
    this.compilations = compilations;
    this.objects = objects;
  }

  public URI bundle(String compilation, String target) {
    Artifact artifact = artifact(compilation, target);
    return objects.downloadAddress(artifact.bundleKey(), artifact.fileName(), VALIDITY);
  }

  public URI report(String compilation, String target) {
    Artifact artifact = artifact(compilation, target);
    String fileName = artifact.fileName().replace(".zip", "-report.json");
    return objects.downloadAddress(artifact.reportKey(), fileName, VALIDITY);
  }

  /// The bytes of the report itself.
  public byte[] reportContent(String compilation, String target) throws IOException {
    String key = artifact(compilation, target).reportKey();
    return objects.read(key).orElseThrow(() -> new FileNotFoundException("no object " + key));
  }

  private Artifact artifact(String compilationId, String targetId) {
    Compilation compilation = compilations.get(compilationId);
    String where = "the target `" + targetId + "`";
    TargetStatus target =
        compilation
            .target(targetId)
            .orElseThrow(() ->
                new ServiceException(
                    ServiceErrorCode.TARGET_NOT_REQUESTED,
                    where,
                    "a target that this compilation was not asked for",
                    "one of " + compilation.targets().stream().map(TargetStatus::target).toList(),
                    "name the target in the manifest and post it again"));
    return target
        .artifact()
        .orElseThrow(() ->
            new ServiceException(
                ServiceErrorCode.TARGET_NOT_DONE,
                where,
                target.state().word() + " (" + target.stage() + ")",
                "a target that is done",
                target.state().isFinal()
                    ? "read its problems in `GET /v1/compilations/" + compilationId + "`"
                    : "ask again when its state is `done`"));
  }
}
