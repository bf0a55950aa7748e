package io.edgewright.device.testing;

import io.edgewright.device.json.JsonText;
import io.edgewright.device.trust.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes metadata for one group, honestly unless told otherwise. Every field is open so that a
 * test can be the attacker who changes exactly one thing.
 */
public final class TufPublisher {
  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  /** What the publisher holds for one role. */
  public static final class Role {
    public List<SigningKey> keys = new ArrayList<>(List.of(SigningKey.generate()));
    public long threshold = 1;
    public long version = 1;
    public Instant expires = NOW.plus(Duration.ofDays(30));
  }

  private final Map<String, Role> roles = new HashMap<>();
  public final Map<String, Object> groupTargets = new LinkedHashMap<>();
  public final Map<String, Object> topTargets = new LinkedHashMap<>();
  public final List<byte[]> roots = new ArrayList<>();
  public final String group;
  public String delegatedPaths;
  public boolean withHashes;

  public TufPublisher(String group) {
    this.group = group;
    this.delegatedPaths = "groups/" + group + "/*/bundle.zip";
    roots.add(root());
  }

  public Role role(String name) {
    return roles.computeIfAbsent(name, unknown -> new Role());
  }

  public String groupRole() {
    return "group/" + group;
  }

  public String path(String target) {
    return "groups/" + group + "/" + target + "/bundle.zip";
  }

  public String candidatePath(String target) {
    return "groups/" + group + "/" + target + "/candidate.zip";
  }

  /** Names a bundle that the canaries of a deployment run. */
  public void deployCandidate(String target, byte[] bundle, Map<String, Object> rollout) {
    Map<String, Object> custom = Map.of("target", target, "name", "toy", "rollout", rollout);
    groupTargets.put(
        candidatePath(target),
        Map.of(
            "length",
            (long) bundle.length,
            "hashes",
            Map.of("sha256", SigningKey.sha256(bundle)),
            "custom",
            custom));
  }

  /** Names the bundle of a target; honest about its digest. */
  public void deploy(String target, byte[] bundle, List<String> features) {
    Map<String, Object> custom = new LinkedHashMap<>();
    custom.put("compilation", "c-1");
    custom.put("target", target);
    custom.put("name", "toy");
    custom.put("features", features);
    deploy(target, bundle.length, SigningKey.sha256(bundle), custom);
  }

  public void deploy(String target, long length, String sha256, Map<String, Object> custom) {
    groupTargets.put(
        path(target),
        Map.of("length", length, "hashes", Map.of("sha256", sha256), "custom", custom));
  }

  /** A new version of everything below the root. */
  public TufPublisher publish() {
    List.of(groupRole(), "targets", "snapshot", "timestamp").forEach(this::bump);
    return this;
  }

  public void expireAllAt(Instant time) {
    for (String name : List.of("root", "timestamp", "snapshot", "targets", groupRole())) {
      role(name).expires = time;
    }
  }

  public void bump(String role) {
    role(role).version++;
  }

  /** A new root, signed by the keys of the last one and by its own. */
  public byte[] rotate(String role, SigningKey... replacements) {
    List<SigningKey> signers = new ArrayList<>(role("root").keys);
    role(role).keys = new ArrayList<>(List.of(replacements));
    role("root").keys.stream().filter(key -> !signers.contains(key)).forEach(signers::add);
    bump("root");
    byte[] next = envelope(rootBody(), signers);
    roots.add(next);
    return next;
  }

  public byte[] root() {
    return envelope(rootBody(), role("root").keys);
  }

  public byte[] timestamp() {
    Map<String, Object> body = body("timestamp", "timestamp");
    body.put("meta", Map.of("snapshot.json", reference("snapshot", snapshot())));
    return sign("timestamp", body);
  }

  public byte[] snapshot() {
    Map<String, Object> body = body("snapshot", "snapshot");
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("targets.json", reference("targets", targets()));
    meta.put(groupRole() + ".json", reference(groupRole(), delegated()));
    body.put("meta", meta);
    return sign("snapshot", body);
  }

  public byte[] targets() {
    Map<String, Object> body = body("targets", "targets");
    body.put("targets", topTargets);
    Map<String, Object> role = new LinkedHashMap<>(roleKeys(groupRole()));
    role.put("name", groupRole());
    role.put("terminating", true);
    role.put("paths", List.of(delegatedPaths, candidatePath("*")));
    body.put("delegations", Map.of("keys", keyTable(groupRole()), "roles", List.of(role)));
    return sign("targets", body);
  }

  public byte[] delegated() {
    Map<String, Object> body = body(groupRole(), "targets");
    body.put("targets", groupTargets);
    return sign(groupRole(), body);
  }

  public byte[] sign(String role, Map<String, Object> body) {
    return envelope(body, role(role).keys);
  }

  public static byte[] envelope(Map<String, Object> body, List<SigningKey> signers) {
    byte[] message = CanonicalJson.bytes(body);
    List<Object> signatures = new ArrayList<>();
    for (SigningKey key : signers) {
      signatures.add(Map.of("keyid", key.id(), "sig", key.sign(message)));
    }
    return JsonText.bytes(Map.of("signed", body, "signatures", signatures));
  }

  public Map<String, Object> body(String role, String type) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("_type", type);
    body.put("spec_version", "1.0.34");
    body.put("version", role(role).version);
    body.put("expires", role(role).expires.toString());
    return body;
  }

  private Map<String, Object> rootBody() {
    Map<String, Object> body = body("root", "root");
    body.put("consistent_snapshot", true);
    List<String> names = List.of("root", "timestamp", "snapshot", "targets");
    body.put("keys", keyTable(names.toArray(String[]::new)));
    Map<String, Object> table = new LinkedHashMap<>();
    names.forEach(role -> table.put(role, roleKeys(role)));
    body.put("roles", table);
    return body;
  }

  private Map<String, Object> keyTable(String... roles) {
    Map<String, Object> table = new LinkedHashMap<>();
    for (String role : roles) {
      role(role).keys.forEach(key -> table.put(key.id(), key.description()));
    }
    return table;
  }

  private Map<String, Object> roleKeys(String role) {
    return Map.of(
        "keyids",
        role(role).keys.stream().map(SigningKey::id).toList(),
        "threshold",
        role(role).threshold);
  }

  private Map<String, Object> reference(String role, byte[] file) {
    // ECDSA signatures differ each time, so hashes are only of use where a test keeps the file.
    return withHashes
        ? Map.of(
            "version",
            role(role).version,
            "length",
            (long) file.length,
            "hashes",
            Map.of("sha256", SigningKey.sha256(file)))
        : Map.of("version", role(role).version);
  }
}
