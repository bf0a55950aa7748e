package io.edgewright.functions.core.device;

import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.trust.Canaries;
import io.edgewright.functions.core.trust.TargetFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The bundles that the devices of a group may run, as the records say.
public record GroupFiles(CompilationStore compilations) {
  List<TargetFile> of(Deployment deployment) {
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

  /// Those of the stage that the deployment is in.
  static Canaries canaries(Deployment deployment) {
    return new Canaries(deployment.name(), deployment.percent());
  }
}
