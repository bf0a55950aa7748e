package io.edgewright.device.trust;

import io.edgewright.device.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bundles, and the roles that further bundles are delegated to, in order of preference. */
record TargetsMetadata(
    Envelope envelope, Map<String, TargetFile> targets, List<Delegation> delegations) {

  /** One delegated role, and the paths that it may speak of. */
  record Delegation(String role, RoleKeys keys, List<PathPattern> paths) {
    boolean covers(String path) {
      return paths.stream().anyMatch(pattern -> pattern.matches(path));
    }
  }

  static TargetsMetadata read(byte[] raw, String role) {
    Envelope envelope = Envelope.read(raw, role, "targets");
    return envelope.content(signed ->
        new TargetsMetadata(
            envelope,
            readTargets(signed.require("targets")),
            signed.find("delegations").map(TargetsMetadata::readDelegations).orElse(List.of())));
  }

  Optional<TargetFile> target(String path) {
    return Optional.ofNullable(targets.get(path));
  }

  Optional<Delegation> delegation(String role) {
    return delegations.stream().filter(delegation -> delegation.role().equals(role)).findFirst();
  }

  private static Map<String, TargetFile> readTargets(JsonValue targets) {
    Map<String, TargetFile> files = new LinkedHashMap<>();
    targets.fields().forEach((path, entry) -> files.put(path, TargetFile.read(path, entry)));
    return Map.copyOf(files);
  }

  private static List<Delegation> readDelegations(JsonValue delegations) {
    JsonValue keys = delegations.require("keys");
    List<Delegation> roles = new ArrayList<>();
    for (JsonValue role : delegations.require("roles").items()) {
      // A role that is delegated by hash prefixes has no `paths`; ours never are, so it covers
      // none.
      List<PathPattern> paths =
          role.find("paths")
              .map(list -> list.texts().stream().map(PathPattern::of).toList())
              .orElse(List.of());
      roles.add(new Delegation(role.require("name").text(), RoleKeys.read(role, keys), paths));
    }
    return List.copyOf(roles);
  }
}
