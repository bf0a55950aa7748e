package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.SignedMetadata;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was signed, for whoever hands it out or wants to know whether it is out of date. Never
/// signs, and knows no key.
public final class PublishedMetadata {
  private final MetadataStore store;
  private final Clock clock;

  public PublishedMetadata(MetadataStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// @param rootVersion the newest root that the device has
  public MetadataSet forGroup(String group, int rootVersion) {
    SignedMetadata timestamp = latest(Role.TIMESTAMP);
    List<SignedMetadata> roots = rootsAfter(rootVersion);
    if (!roots.isEmpty()) {
      // The newest of them may name another key than the timestamp that was just read has.
      timestamp = latest(Role.TIMESTAMP);
    }
    SignedMetadata snapshot = named(timestamp, Role.SNAPSHOT).orElseThrow();
    return new MetadataSet(
        roots,
        timestamp,
        snapshot,
        named(snapshot, Role.TARGETS).orElseThrow(),
        named(snapshot, Role.ofGroup(group)));
  }

  private SignedMetadata latest(Role role) {
    return store.latest(role.name()).orElseThrow();
  }

  private List<SignedMetadata> rootsAfter(int version) {
    List<SignedMetadata> roots = new ArrayList<>();
    int newest = latest(Role.ROOT).version();
    for (int next = Math.max(version, 0) + 1; next <= newest; next++) {
      store.find(Role.ROOT.name(), next).ifPresent(roots::add);
    }
    return roots;
  }

  /// The version of a role that other metadata names: a newer one may be there already.
  private Optional<SignedMetadata> named(SignedMetadata by, Role role) {
    JsonNode meta = Json.trusted(by.json()).path("signed").path("meta").path(role.file());
    return meta.isMissingNode()
        ? Optional.empty()
        : store.find(role.name(), meta.required("version").asInt());
  }

  /// The path and entry of the bundle that the signed metadata means for a device: one rule for the
  /// service and the devices, so that address and metadata always agree.
  ///
  /// @param role the metadata of the device's group
  public static Optional<Map.Entry<String, JsonNode>> bundleFor(
      Device device, SignedMetadata role) {
    JsonNode targets = Json.trusted(role.json()).path("signed").path("targets");
    String candidate = TargetFile.candidatePath(device.group(), device.target());
    JsonNode rollout = targets.path(candidate).path("custom").path("rollout");
    String path =
        rollout.isObject() && Canaries.of(rollout).include(device.id())
            ? candidate
            : TargetFile.path(device.group(), device.target());
    return Optional.ofNullable(targets.get(path)).map(entry -> Map.entry(path, entry));
  }

  /// The newest root, which an enrolling device is given to trust; absent before anything was
  /// signed.
  public Optional<SignedMetadata> root() {
    return store.latest(Role.ROOT.name());
  }

  /// Whether the roles above those of groups are there, and none is past half of its life.
  public boolean isFresh() {
    Instant now = clock.instant();
    return Role.TOP.stream()
        .allMatch(
            role -> store.latest(role.name()).filter(one -> role.isFresh(one, now)).isPresent());
  }

  /// Whether the group's role lists exactly these files and is not past half of its life.
  public boolean says(String group, List<TargetFile> files) {
    Role role = Role.ofGroup(group);
    return store
        .latest(role.name())
        .filter(one -> role.isFresh(one, clock.instant()))
        .map(one -> Json.trusted(one.json()).required("signed").required("targets"))
        .filter(targets -> CanonicalJson.same(targets, TargetFile.targets(group, files)))
        .isPresent();
  }
}
