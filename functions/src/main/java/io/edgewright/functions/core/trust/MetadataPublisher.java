package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.store.Signer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes the next versions of metadata. Every change is one conditional write of all the roles
/// that it touches; whoever loses a race reads again and tries again.
public final class MetadataPublisher {
  private static final int RACES = 100;

  private final MetadataStore store;
  private final Signer signer;
  private final Clock clock;

  public MetadataPublisher(MetadataStore store, Signer signer, Clock clock) {
    this.store = store;
    this.signer = signer;
    this.clock = clock;
  }

  /// From now on the devices of the group may run exactly these bundles, whoever they are for.
  public void publish(String group, List<TargetFile> files) {
    ObjectNode body = Json.object();
    ObjectNode targets = body.putObject("targets");
    files.forEach(file -> targets.set(file.path(group), file.json()));
    change(draft -> {
      draft.set(Role.ofGroup(group), body);
      setTopRoles(draft, Optional.of(group));
    });
  }

  /// @param rootVersion the newest root that the device has
  public MetadataSet forGroup(String group, int rootVersion) {
    Role groupRole = Role.ofGroup(group);
    change(draft -> {
      draft.body(groupRole).ifPresent(body -> draft.set(groupRole, body));
      setTopRoles(draft, draft.version(groupRole) > 0 ? Optional.of(group) : Optional.empty());
    });
    SignedMetadata timestamp = store.latest(Role.TIMESTAMP.name()).orElseThrow();
    SignedMetadata snapshot = named(timestamp, Role.SNAPSHOT).orElseThrow();
    return new MetadataSet(
        rootsAfter(rootVersion),
        timestamp,
        snapshot,
        named(snapshot, Role.TARGETS).orElseThrow(),
        named(snapshot, groupRole));
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

  /// Signs anew what nears its end, if anything was ever signed: whoever only reads need not sign.
  public void renew() {
    if (store.latest(Role.ROOT.name()).isPresent()) {
      change(draft -> setTopRoles(draft, Optional.empty()));
    }
  }

  /// The newest root, which an enrolling device is given to trust.
  public SignedMetadata root() {
    change(draft -> setTopRoles(draft, Optional.empty()));
    return store.latest(Role.ROOT.name()).orElseThrow();
  }

  private List<SignedMetadata> rootsAfter(int version) {
    List<SignedMetadata> roots = new ArrayList<>();
    int newest = store.latest(Role.ROOT.name()).map(SignedMetadata::version).orElse(0);
    for (int next = Math.max(version, 0) + 1; next <= newest; next++) {
      store.find(Role.ROOT.name(), next).ifPresent(roots::add);
    }
    return roots;
  }

  /// The version of a role that other metadata names: a newer one may be there already.
  private Optional<SignedMetadata> named(SignedMetadata by, Role role) {
    JsonNode meta = Json.trusted(by.json()).path("signed").path("meta").path(file(role));
    return meta.isMissingNode()
        ? Optional.empty()
        : store.find(role.name(), meta.required("version").asInt());
  }

  private void change(Consumer<MetadataDraft> roles) {
    for (int race = 0; race < RACES; race++) {
      MetadataDraft draft = new MetadataDraft(store, signer, clock.instant());
      roles.accept(draft);
      if (draft.added().isEmpty() || store.publish(draft.added())) {
        return;
      }
    }
    throw new IllegalStateException("metadata changed under " + RACES + " attempts to sign it");
  }

  /// The four top roles, given that the group's role, if any, is set.
  private void setTopRoles(MetadataDraft draft, Optional<String> group) {
    draft.set(Role.ROOT, rootBody());
    ObjectNode targets = draft.body(Role.TARGETS).orElseGet(this::noTargets);
    group.ifPresent(name -> delegate(targets, name));
    draft.set(Role.TARGETS, targets);
    ObjectNode snapshot = draft.body(Role.SNAPSHOT).orElseGet(MetadataPublisher::noMeta);
    group.ifPresent(name -> name(snapshot, draft, Role.ofGroup(name)));
    name(snapshot, draft, Role.TARGETS);
    draft.set(Role.SNAPSHOT, snapshot);
    ObjectNode timestamp = noMeta();
    name(timestamp, draft, Role.SNAPSHOT);
    draft.set(Role.TIMESTAMP, timestamp);
  }

  private ObjectNode rootBody() {
    ObjectNode body = Json.object().put("consistent_snapshot", true);
    ObjectNode keys = body.putObject("keys");
    ObjectNode roles = body.putObject("roles");
    for (Role role : List.of(Role.ROOT, Role.TIMESTAMP, Role.SNAPSHOT, Role.TARGETS)) {
      TrustKey key = TrustKey.of(signer, role.key());
      keys.set(key.id(), key.json());
      roles.putObject(role.name()).put("threshold", 1).putArray("keyids").add(key.id());
    }
    return body;
  }

  private ObjectNode noTargets() {
    TrustKey key = TrustKey.of(signer, KeyRole.GROUPS);
    ObjectNode body = Json.object();
    body.putObject("targets");
    ObjectNode delegations = body.putObject("delegations");
    delegations.putObject("keys").set(key.id(), key.json());
    delegations.putArray("roles");
    return body;
  }

  private void delegate(ObjectNode targets, String group) {
    String name = Role.ofGroup(group).name();
    ArrayNode roles = targets.withArray("/delegations/roles");
    for (JsonNode role : roles) {
      if (role.required("name").asText().equals(name)) {
        return;
      }
    }
    ObjectNode role =
        roles.addObject().put("name", name).put("threshold", 1).put("terminating", true);
    role.putArray("keyids").add(TrustKey.of(signer, KeyRole.GROUPS).id());
    role.putArray("paths")
        .add(TargetFile.path(group, "*"))
        .add(TargetFile.candidatePath(group, "*"));
  }

  private static ObjectNode noMeta() {
    ObjectNode body = Json.object();
    body.putObject("meta");
    return body;
  }

  private static void name(ObjectNode naming, MetadataDraft draft, Role named) {
    naming.withObject("/meta").putObject(file(named)).put("version", draft.version(named));
  }

  private static String file(Role role) {
    return role.name() + ".json";
  }
}
