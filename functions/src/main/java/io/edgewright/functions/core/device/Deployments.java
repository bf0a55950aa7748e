package io.edgewright.functions.core.device;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.core.trust.TargetFile;
import java.time.Clock;
import java.util.List;

/// Which compilation each group runs, and the signed metadata that says so.
public final class Deployments {
  private final CompilationStore compilations;
  private final MetadataPublisher metadata;
  private final Clock clock;

  public Deployments(CompilationStore compilations, MetadataPublisher metadata, Clock clock) {
    this.compilations = compilations;
    this.metadata = metadata;
    this.clock = clock;
  }

  /// @throws ServiceException when there is no such compilation or nothing of it is done
  public Deployment deploy(String group, String compilation) {
    Compilation found =
        compilations.find(compilation).orElseThrow(() -> Compilations.unknown(compilation));
    if (!found.state().isFinal() || files(found).isEmpty()) {
      throw new ServiceException(
          ServiceErrorCode.COMPILATION_NOT_DEPLOYABLE,
          "/compilation",
          "`" + compilation + "` is " + found.state().word(),
          "a compilation that is done, or partial with at least one bundle",
          found.state().isFinal()
              ? "read its problems and post a request that compiles"
              : "wait until it is done, then deploy");
    }
    Deployment deployment = new Deployment(group, compilation, clock.instant());
    if (!compilations.deploy(deployment)) {
      throw Compilations.unknown(compilation);
    }
    metadata.publish(group, files(found));
    return deployment;
  }

  /// Signs again for every group that runs the compilation, after another target of it was done.
  public void republish(String compilation) {
    for (String group : compilations.groupsOf(compilation)) {
      compilations.find(compilation).ifPresent(found -> metadata.publish(group, files(found)));
    }
  }

  private static List<TargetFile> files(Compilation compilation) {
    return compilation.targets().stream()
        .flatMap(target ->
            target.artifact().stream()
                .map(artifact ->
                    new TargetFile(
                        target.target(), artifact, compilation.id(), compilation.name())))
        .toList();
  }
}
