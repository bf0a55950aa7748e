package io.edgewright.functions.core.device;

import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.trust.Canaries;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.core.trust.TargetFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Signs what the record of a group's deployment says.
public final class GroupMetadata {
  private final DeploymentStore deployments;
  private final CompilationStore compilations;
  private final MetadataPublisher metadata;

  public GroupMetadata(
      DeploymentStore deployments, CompilationStore compilations, MetadataPublisher metadata) {
    this.deployments = deployments;
    this.compilations = compilations;
    this.metadata = metadata;
  }

  /// Signs again where the record changed meanwhile: otherwise a slower writer could have the last
  /// word. Where nothing changed since the last time, nothing is signed.
  public void sign(String group) {
    List<TargetFile> files = files(group);
    List<TargetFile> signed;
    do {
      signed = files;
      metadata.publish(group, signed);
      files = files(group);
    } while (!files.equals(signed));
  }

  /// After another target of the compilation was done.
  public void signFor(String compilation) {
    deployments.groupsOf(compilation).forEach(this::sign);
  }

  /// Those of the stage that the deployment is in.
  static Canaries canaries(Deployment deployment) {
    return new Canaries(deployment.name(), deployment.percent());
  }

  private List<TargetFile> files(String group) {
    Deployment deployment = deployments.find(group).orElseThrow();
    return Stream.concat(
            files(deployment.everyone(), Optional.empty()),
            files(deployment.canaries(), Optional.of(canaries(deployment))))
        .toList();
  }

  private Stream<TargetFile> files(Optional<String> compilation, Optional<Canaries> canaries) {
    return compilation.flatMap(compilations::find).stream()
        .flatMap(found -> files(found, canaries));
  }

  static Stream<TargetFile> files(Compilation compilation, Optional<Canaries> canaries) {
    return compilation.targets().stream()
        .flatMap(target ->
            target.artifact().stream()
                .map(artifact ->
                    new TargetFile(
                        target.target(),
                        artifact,
                        compilation.id(),
                        compilation.name(),
                        canaries)));
  }
}
