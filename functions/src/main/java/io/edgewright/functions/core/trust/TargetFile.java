package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Artifact;
import java.util.List;
import java.util.Optional;

/// One bundle that a group's devices may run: all of them, or the canaries of a roll-out, who run
/// it in place of what the others run.
///
/// @param name the manifest's name, shown to people
/// @param canaries who runs it, where that is not everyone
public record TargetFile(
    String target,
    Artifact artifact,
    String compilation,
    String name,
    Optional<Canaries> canaries) {

  /// The path under which metadata lists the bundle that a group's devices run.
  public static String path(String group, String target) {
    return "groups/" + group + "/" + target + "/bundle.zip";
  }

  /// The path of the bundle that its canaries run instead.
  public static String candidatePath(String group, String target) {
    return "groups/" + group + "/" + target + "/candidate.zip";
  }

  String path(String group) {
    return canaries.isPresent() ? candidatePath(group, target) : path(group, target);
  }

  /// What the role of a group lists.
  static ObjectNode targets(String group, List<TargetFile> files) {
    ObjectNode targets = Json.object();
    files.forEach(file -> targets.set(file.path(group), file.json()));
    return targets;
  }

  ObjectNode json() {
    ObjectNode file = Json.object().put("length", artifact.bytes());
    file.putObject("hashes").put("sha256", artifact.digest().hex());
    ObjectNode custom =
        file.putObject("custom")
            .put("compilation", compilation)
            .put("target", target)
            .put("name", name);
    canaries.ifPresent(who -> custom.set("rollout", who.json()));
    return file;
  }
}
