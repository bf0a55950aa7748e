package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.Signer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Signs the next versions of metadata. Every change is one conditional write of all the roles that
/// it touches; whoever loses a race reads again and tries again.
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
    body.set("targets", TargetFile.targets(group, files));
    change(draft -> {
      draft.set(Role.ofGroup(group), body);
      setTopRoles(draft, Optional.of(group));
    });
  }

  /// Makes the roles above those of groups where there are none, and signs anew what nears its end
  /// or has another key now. A group's role is signed and delegated to with its new key at once;
  /// groups follow one after the other, so that no write grows with their number.
  public void renew() {
    change(draft -> setTopRoles(draft, Optional.empty()));
    for (String group : groupsWithOtherKeys()) {
      Role role = Role.ofGroup(group);
      change(draft -> {
        draft.set(role, draft.body(role).orElseThrow());
        setTopRoles(draft, Optional.of(group));
      });
    }
  }

  private List<String> groupsWithOtherKeys() {
    String key = TrustKey.of(signer.key(KeyRole.GROUPS)).id();
    List<String> groups = new ArrayList<>();
    ObjectNode targets =
        new MetadataDraft(store, signer, clock.instant()).body(Role.TARGETS).orElseThrow();
    for (JsonNode role : targets.at("/delegations/roles")) {
      if (!role.at("/keyids/0").asText().equals(key)) {
        groups.add(Role.groupOf(role.required("name").asText()));
      }
    }
    return groups;
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
    ObjectNode targets = draft.body(Role.TARGETS).orElseGet(MetadataPublisher::noTargets);
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
    for (Role role : Role.TOP) {
      TrustKey key = TrustKey.of(signer.key(role.key()));
      keys.set(key.id(), key.json());
      roles.putObject(role.name()).put("threshold", 1).putArray("keyids").add(key.id());
    }
    return body;
  }

  private static ObjectNode noTargets() {
    ObjectNode body = Json.object();
    body.putObject("targets");
    ObjectNode delegations = body.putObject("delegations");
    delegations.putObject("keys");
    delegations.putArray("roles");
    return body;
  }

  private void delegate(ObjectNode targets, String group) {
    TrustKey key = TrustKey.of(signer.key(KeyRole.GROUPS));
    ObjectNode delegations = targets.withObject("/delegations");
    ObjectNode keys = delegations.withObject("/keys");
    keys.set(key.id(), key.json());
    ArrayNode roles = delegations.withArray("/roles");
    role(roles, group).putArray("keyids").add(key.id());
    Set<String> used = new HashSet<>();
    roles.forEach(role -> used.add(role.at("/keyids/0").asText()));
    keys.retain(used);
  }

  private static ObjectNode role(ArrayNode roles, String group) {
    String name = Role.ofGroup(group).name();
    for (JsonNode role : roles) {
      if (role.required("name").asText().equals(name)) {
        return (ObjectNode) role;
      }
    }
    ObjectNode role =
        roles.addObject().put("name", name).put("threshold", 1).put("terminating", true);
    role.putArray("paths")
        .add(TargetFile.path(group, "*"))
        .add(TargetFile.candidatePath(group, "*"));
    return role;
  }

  private static ObjectNode noMeta() {
    ObjectNode body = Json.object();
    body.putObject("meta");
    return body;
  }

  private static void name(ObjectNode naming, MetadataDraft draft, Role named) {
    naming.withObject("/meta").putObject(named.file()).put("version", draft.version(named));
  }
}
