package io.edgewright.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.device.trust.TrustedMetadata;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.trust.CanonicalJson;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.core.trust.PublishedMetadata;
import io.edgewright.functions.core.trust.TargetFile;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.FileSigner;
import io.edgewright.functions.embedded.store.SqliteMetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The service's rules and the device's, which share no code: a device follows every key that is
/// replaced, and a thief of the old one gets nothing by it.
class StolenKeysTest {
  private static final String GROUP = "group/lobby";

  @TempDir private Path folder;
  private Path keys;
  private Database database;
  private PublishedMetadata published;
  private MetadataPublisher publisher;
  private FileSigner signer;

  /// What the device keeps from one time to the next.
  private Map<String, byte[]> kept = Map.of();

  @BeforeEach
  void enrolAndDeploy() throws IOException {
    keys = Files.createDirectory(folder.resolve("keys"));
    database = new Database(folder.resolve("service.db"));
    published = new PublishedMetadata(new SqliteMetadataStore(database), Clock.systemUTC());
    startService();
    for (String group : List.of("lobby", "roof")) {
      publisher.publish(group, List.of(file()));
    }
    kept = Map.of("root", bytes(published.root().orElseThrow().json()));
    follow(offered());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void startService() throws IOException {
    signer = new FileSigner(keys);
    publisher = new MetadataPublisher(new SqliteMetadataStore(database), signer, Clock.systemUTC());
    publisher.renew();
  }

  private static TargetFile file() {
    Digest digest = Digest.of(bytes("bundle"));
    return new TargetFile(
        "host",
        new Artifact("m-host.zip", digest, 6, Artifact.Verification.NATIVE),
        digest.hex(),
        "m",
        Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /// What the service gives a device that has the root which this one keeps: roots by their number.
  private Map<String, byte[]> offered() {
    int root = Json.trusted(new String(one(kept, "root"), UTF_8)).at("/signed/version").asInt();
    var set = published.forGroup("lobby", root);
    Map<String, byte[]> files = new LinkedHashMap<>();
    set.roots().forEach(next -> files.put("root " + next.version(), bytes(next.json())));
    for (SignedMetadata one : List.of(set.timestamp(), set.snapshot(), set.targets())) {
      files.put(one.role(), bytes(one.json()));
    }
    files.put(GROUP, bytes(set.group().orElseThrow().json()));
    return files;
  }

  /// As the device's program does it, to the bundle that it would fetch.
  private TrustedMetadata decide(Map<String, byte[]> files) {
    TrustedMetadata trusted = TrustedMetadata.startingAt(one(kept, "root"), Instant.now());
    files.forEach((role, raw) -> {
      if (role.startsWith("root ")) {
        trusted.updateRoot(raw);
      }
    });
    trusted.recall(
        Optional.ofNullable(kept.get("timestamp")), Optional.ofNullable(kept.get("snapshot")));
    trusted.updateTimestamp(one(files, "timestamp"));
    trusted.updateSnapshot(one(files, "snapshot"));
    trusted.updateTargets(one(files, "targets"));
    trusted.updateDelegated(GROUP, one(files, GROUP));
    assertThat(trusted.find("groups/lobby/host/bundle.zip").orElseThrow().sha256())
        .isEqualTo(Digest.of(bytes("bundle")).hex());
    return trusted;
  }

  private void follow(Map<String, byte[]> files) {
    kept = decide(files).files();
  }

  /// The same files, but one is signed again by a key that was a role's.
  private static Map<String, byte[]> forged(
      Map<String, byte[]> files, String role, FileSigner thief, KeyRole key, String keyId) {
    JsonNode signed = Json.trusted(new String(one(files, role), UTF_8)).required("signed");
    ObjectNode envelope = Json.object();
    envelope
        .putArray("signatures")
        .addObject()
        .put("keyid", keyId)
        .put("sig", HexFormat.of().formatHex(thief.key(key).sign(CanonicalJson.bytes(signed))));
    envelope.set("signed", signed);
    Map<String, byte[]> forged = new LinkedHashMap<>(files);
    forged.put(role, Json.bytes(envelope));
    return forged;
  }

  private static byte[] one(Map<String, byte[]> files, String role) {
    return Objects.requireNonNull(files.get(role), role);
  }

  private static String signerOf(byte[] envelope) {
    return Json.trusted(new String(envelope, UTF_8)).at("/signatures/0/keyid").asText();
  }

  private static String roleOf(KeyRole key) {
    return key == KeyRole.GROUPS ? GROUP : key.word();
  }

  /// A device that keeps nothing but its root, so that all depends on signatures.
  private void keepOnlyTheRoot() {
    kept = Map.of("root", one(kept, "root"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ROOT")
  void theDeviceFollowsAndTheOldKeyIsWorthNothing(KeyRole key) throws IOException {
    FileSigner thief = signer;
    String role = roleOf(key);
    String oldKey = signerOf(one(offered(), role));
    keepOnlyTheRoot();
    assertThat(decide(forged(offered(), role, thief, key, oldKey)).rootVersion()).isOne();

    FileSigner.replace(keys, key);
    startService();
    follow(offered());
    keepOnlyTheRoot();
    assertThatThrownBy(() -> decide(forged(offered(), role, thief, key, oldKey)))
        .hasMessageContaining("0 valid signatures");
    assertThat(signerOf(one(offered(), role))).isNotEqualTo(oldKey);
  }

  @Test
  void theDeviceFollowsANewRootKeyAndNotWhoHasTheOldOne() throws IOException {
    FileSigner thief = signer;
    String oldKey = signerOf(one(kept, "root"));
    FileSigner.replace(keys, KeyRole.ROOT);
    startService();
    FileSigner.forgetPreviousRoot(keys);
    Map<String, byte[]> files = offered();
    assertThat(files).containsKey("root 2");
    // Without the signature of the key that it trusts, a device does not follow.
    assertThatThrownBy(
            () -> decide(forged(files, "root 2", signer, KeyRole.ROOT, newRootKey(files))))
        .hasMessageContaining("0 valid signatures");
    follow(files);

    FileSigner.replace(keys, KeyRole.TIMESTAMP);
    startService();
    assertThatThrownBy(() -> decide(forged(offered(), "root 3", thief, KeyRole.ROOT, oldKey)))
        .hasMessageContaining("0 valid signatures");
    follow(offered());
    assertThat(decide(offered()).rootVersion()).isEqualTo(3);
  }

  private static String newRootKey(Map<String, byte[]> files) {
    return Json.trusted(new String(one(files, "root 2"), UTF_8))
        .at("/signed/roles/root/keyids/0")
        .asText();
  }

  /// A device that was away while all keys were replaced, one after the other and the root twice.
  @Test
  void aDeviceThatWasAwayFollowsTheWholeChain() throws IOException {
    for (KeyRole key : KeyRole.values()) {
      FileSigner.replace(keys, key);
      startService();
    }
    FileSigner.replace(keys, KeyRole.ROOT);
    startService();
    assertThat(decide(offered()).rootVersion()).isEqualTo(6);
    follow(offered());
    assertThat(offered()).doesNotContainKey("root 6");
  }

  /// The thief published a version far ahead to this device, which then accepts nothing older.
  @Test
  void theDeviceForgetsWhatAThiefPublished() throws IOException {
    Map<String, byte[]> files = offered();
    ObjectNode timestamp =
        Json.trusted(new String(one(files, "timestamp"), UTF_8)).required("signed").deepCopy();
    Map<String, byte[]> ahead = new LinkedHashMap<>(files);
    ahead.put(
        "timestamp", Json.bytes(Json.object().set("signed", timestamp.put("version", 9_000_000))));
    follow(
        forged(ahead, "timestamp", signer, KeyRole.TIMESTAMP, signerOf(one(files, "timestamp"))));
    assertThatThrownBy(() -> decide(files)).hasMessageContaining("9000000");

    FileSigner.replace(keys, KeyRole.TIMESTAMP);
    startService();
    follow(offered());
  }
}
