package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.store.Signer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The versions that one change adds. A role gets a new version when its body is another one, when
/// its key is another one, or when the latest version is past half of its life.
final class MetadataDraft {
  private static final String SPECIFICATION = "1.0.34";

  private final MetadataStore store;
  private final Signer signer;
  private final Instant now;
  private final Map<String, SignedMetadata> added = new LinkedHashMap<>();

  /// Read once: should it change meanwhile, the store refuses the draft.
  private final Map<String, Optional<SignedMetadata>> latest = new HashMap<>();

  MetadataDraft(MetadataStore store, Signer signer, Instant now) {
    this.store = store;
    this.signer = signer;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  private Optional<SignedMetadata> latest(Role role) {
    return latest.computeIfAbsent(role.name(), store::latest);
  }

  List<SignedMetadata> added() {
    return List.copyOf(added.values());
  }

  /// The version of a role as it is after this change, 0 when there is no such role.
  int version(Role role) {
    return Optional.ofNullable(added.get(role.name()))
        .or(() -> latest(role))
        .map(SignedMetadata::version)
        .orElse(0);
  }

  /// The latest body of a role as it was before this change.
  Optional<ObjectNode> body(Role role) {
    return latest(role).map(MetadataDraft::body);
  }

  void set(Role role, ObjectNode body) {
    Optional<SignedMetadata> before = latest(role);
    TrustKey key = TrustKey.of(signer.key(role.key()));
    boolean stays =
        before
            .filter(old -> role.isFresh(old, now) && key.hasSigned(old))
            .filter(old -> CanonicalJson.same(body(old), body))
            .isPresent();
    if (!stays) {
      add(role, before.map(SignedMetadata::version).orElse(0) + 1, body, signers(role, key));
    }
  }

  private void add(Role role, int version, ObjectNode body, List<TrustKey> signers) {
    Instant expires = now.plus(role.lifetime());
    ObjectNode signed =
        Json.object()
            .put("_type", role.type())
            .put("spec_version", SPECIFICATION)
            .put("version", version)
            .put("expires", expires.toString());
    signed.setAll(body);
    String json = TrustKey.envelope(signers, signed);
    added.put(role.name(), new SignedMetadata(role.name(), version, expires, json));
  }

  /// The next root is signed by the key that the latest one names, and by its own.
  private List<TrustKey> signers(Role role, TrustKey key) {
    if (!role.equals(Role.ROOT)) {
      return List.of(key);
    }
    Optional<String> named = body(Role.ROOT).map(root -> root.at("/roles/root/keyids/0").asText());
    if (named.filter(id -> !id.equals(key.id())).isEmpty()) {
      return List.of(key);
    }
    TrustKey previous =
        signer
            .previousRoot()
            .map(TrustKey::of)
            .filter(known -> known.id().equals(named.get()))
            .orElseThrow(() -> rootKeyMissing(named.get(), key.id()));
    return List.of(previous, key);
  }

  /// No device would ever get past a root that the key it trusts has not signed.
  private static ServiceException rootKeyMissing(String named, String present) {
    return new ServiceException(
        ServiceErrorCode.ROOT_KEY_MISSING,
        "the root key",
        "key `" + present + "`",
        "key `" + named + "`, which devices trust, or both while one takes the other's place",
        "give the service the other key back as its root key, or as the previous one; where it is"
            + " lost, delete all metadata and enrol devices again");
  }

  /// All that a role says beside what every role says.
  private static ObjectNode body(SignedMetadata metadata) {
    ObjectNode signed = ((ObjectNode) Json.trusted(metadata.json()).required("signed")).deepCopy();
    return signed.remove(List.of("_type", "spec_version", "version", "expires"));
  }
}
