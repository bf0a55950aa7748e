package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Artifact;

/// One bundle that a group's devices may run.
///
/// @param name the manifest's name, shown to people
public record TargetFile(String target, Artifact artifact, String compilation, String name) {
  /// The path under which metadata lists a group's bundle for a target.
  public static String path(String group, String target) {
    return "groups/" + group + "/" + target + "/bundle.zip";
  }

  ObjectNode json() {
    ObjectNode file = Json.object().put("length", artifact.bytes());
    file.putObject("hashes").put("sha256", artifact.digest().hex());
    file.putObject("custom")
        .put("compilation", compilation)
        .put("target", target)
        .put("name", name);
    return file;
  }
}
