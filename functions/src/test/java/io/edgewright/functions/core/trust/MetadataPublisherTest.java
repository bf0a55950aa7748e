package io.edgewright.functions.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.MovingClock;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.SignedMetadata;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Follows the chain as a client of TUF does: root, timestamp, snapshot, targets, group.
class MetadataPublisherTest {
  private final MovingClock clock = new MovingClock(Samples.NOON);
  private final MetadataStore store = new MemoryMetadata();
  private final MetadataPublisher publisher =
      new MetadataPublisher(store, new MemorySigner(), clock);
  private final PublishedMetadata published = new PublishedMetadata(store, clock);

  private static TargetFile file(String target, String seed) {
    return new TargetFile(
        target,
        Samples.artifact(seed),
        Samples.digest("compilation").hex(),
        "person-detector",
        Optional.empty());
  }

  private static JsonNode signed(SignedMetadata metadata) {
    return Json.trusted(metadata.json()).required("signed");
  }

  @Test
  void signsEveryRoleWithTheKeyThatItsDelegatorNames() throws Exception {
    publisher.publish("lobby", List.of(file("host", "a")));
    MetadataSet set = published.forGroup("lobby", 0);
    JsonNode root = signed(set.roots().getFirst());
    for (SignedMetadata metadata :
        List.of(set.roots().getFirst(), set.timestamp(), set.snapshot(), set.targets())) {
      JsonNode role = root.path("roles").path(metadata.role());
      checkSignature(metadata, root.path("keys"), role);
      assertThat(signed(metadata).path("version").asInt()).isEqualTo(metadata.version());
      assertThat(signed(metadata).path("spec_version").asText()).isEqualTo("1.0.34");
    }
    JsonNode delegations = signed(set.targets()).path("delegations");
    JsonNode role = delegations.path("roles").get(0);
    assertThat(role.path("name").asText()).isEqualTo("group/lobby");
    assertThat(role.path("paths").get(0).asText()).isEqualTo("groups/lobby/*/bundle.zip");
    assertThat(role.path("paths").get(1).asText()).isEqualTo("groups/lobby/*/candidate.zip");
    checkSignature(set.group().orElseThrow(), delegations.path("keys"), role);
  }

  private static void checkSignature(SignedMetadata metadata, JsonNode keys, JsonNode role)
      throws GeneralSecurityException {
    JsonNode envelope = Json.trusted(metadata.json());
    String keyId = role.path("keyids").get(0).asText();
    JsonNode key = keys.path(keyId);
    assertThat(Digest.of(CanonicalJson.bytes(key)).hex()).isEqualTo(keyId);
    assertThat(key.path("keytype").asText()).isEqualTo("ecdsa");
    assertThat(key.path("scheme").asText()).isEqualTo("ecdsa-sha2-nistp256");
    JsonNode signature = envelope.path("signatures").get(0);
    assertThat(signature.path("keyid").asText()).isEqualTo(keyId);
    Signature check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(publicKey(key.path("keyval").path("public").asText()));
    check.update(CanonicalJson.bytes(envelope.path("signed")));
    assertThat(check.verify(HexFormat.of().parseHex(signature.path("sig").asText()))).isTrue();
  }

  private static PublicKey publicKey(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----[A-Z ]+-----|\n", "");
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  @Test
  void namesTheBundleWithLengthDigestAndOrigin() {
    publisher.publish("lobby", List.of(file("host", "a"), file("raspberry-pi-3", "b")));
    JsonNode targets = signed(published.forGroup("lobby", 0).group().orElseThrow()).path("targets");
    JsonNode host = targets.path("groups/lobby/host/bundle.zip");
    assertThat(host.path("length").asLong()).isEqualTo(Samples.artifact("a").bytes());
    assertThat(host.path("hashes").path("sha256").asText())
        .isEqualTo(Samples.artifact("a").digest().hex());
    assertThat(host.path("custom").path("target").asText()).isEqualTo("host");
    assertThat(targets.has("groups/lobby/raspberry-pi-3/bundle.zip")).isTrue();
  }

  @Test
  void answersTheSameVersionsWhileNothingChanges() {
    publisher.publish("lobby", List.of(file("host", "a")));
    MetadataSet first = published.forGroup("lobby", 0);
    publisher.publish("lobby", List.of(file("host", "a")));
    assertThat(published.forGroup("lobby", 0)).isEqualTo(first);
  }

  @Test
  void raisesOnlyTheVersionsThatAChangeTouches() {
    publisher.publish("lobby", List.of(file("host", "a")));
    MetadataSet first = published.forGroup("lobby", 0);
    publisher.publish("lobby", List.of(file("host", "b")));
    MetadataSet second = published.forGroup("lobby", 0);
    assertThat(second.group().orElseThrow().version()).isEqualTo(2);
    assertThat(second.snapshot().version()).isEqualTo(first.snapshot().version() + 1);
    assertThat(second.timestamp().version()).isEqualTo(first.timestamp().version() + 1);
    assertThat(second.targets()).isEqualTo(first.targets());
    assertThat(second.roots()).isEqualTo(first.roots());
  }

  @Test
  void meansTheCandidateForCanariesAndTheOtherBundleForTheRest() {
    TargetFile old = file("host", "a");
    publisher.publish("lobby", List.of(old, candidate(30)));
    SignedMetadata group = published.forGroup("lobby", 0).group().orElseThrow();
    Canaries canaries = new Canaries("lobby/1", 30);
    int chosen = 0;
    for (int i = 0; i < 200; i++) {
      Device device = device("d" + i);
      boolean canary = canaries.include(device.id());
      chosen += canary ? 1 : 0;
      var bundle = PublishedMetadata.bundleFor(device, group).orElseThrow();
      assertThat(bundle.getKey())
          .isEqualTo("groups/lobby/host/" + (canary ? "candidate.zip" : "bundle.zip"));
      assertThat(bundle.getValue().at("/hashes/sha256").asText())
          .isEqualTo(Samples.artifact(canary ? "b" : "a").digest().hex());
    }
    assertThat(chosen).isBetween(30, 90);
  }

  @Test
  void meansNothingForTheRestWhereNothingRanBefore() {
    publisher.publish("lobby", List.of(candidate(100)));
    SignedMetadata all = published.forGroup("lobby", 0).group().orElseThrow();
    assertThat(PublishedMetadata.bundleFor(device("d"), all)).isPresent();
    publisher.publish("lobby", List.of());
    SignedMetadata none = published.forGroup("lobby", 0).group().orElseThrow();
    assertThat(PublishedMetadata.bundleFor(device("d"), none)).isEmpty();
  }

  private static TargetFile candidate(int percent) {
    TargetFile file = file("host", "b");
    return new TargetFile(
        file.target(),
        file.artifact(),
        file.compilation(),
        file.name(),
        Optional.of(new Canaries("lobby/1", percent)));
  }

  private static Device device(String id) {
    return new Device(
        id,
        new Device.Key(id, "{}"),
        "lobby",
        "host",
        List.of(),
        "n",
        Samples.NOON,
        Optional.empty());
  }

  @Test
  void keepsGroupsApart() {
    publisher.publish("lobby", List.of(file("host", "a")));
    publisher.publish("roof", List.of(file("host", "b")));
    MetadataSet lobby = published.forGroup("lobby", 0);
    MetadataSet roof = published.forGroup("roof", 0);
    assertThat(
            signed(lobby.group().orElseThrow())
                .path("targets")
                .has(TargetFile.path("roof", "host")))
        .isFalse();
    assertThat(roof.snapshot()).isEqualTo(lobby.snapshot());
    assertThat(signed(roof.snapshot()).path("meta").properties()).hasSize(3);
    assertThat(signed(roof.targets()).path("delegations").path("roles")).hasSize(2);
  }

  @Test
  void hasNothingForAGroupThatRunsNothing() {
    assertThat(published.root()).isEmpty();
    publisher.renew();
    MetadataSet set = published.forGroup("lobby", 0);
    assertThat(set.group()).isEmpty();
    assertThat(set.roots()).hasSize(1);
    assertThat(published.forGroup("lobby", 1).roots()).isEmpty();
    assertThat(published.root()).contains(set.roots().getFirst());
  }

  @Test
  void signsAgainWhatIsPastHalfOfItsLife() {
    List<TargetFile> files = List.of(file("host", "a"));
    publisher.publish("lobby", files);
    MetadataSet first = published.forGroup("lobby", 0);
    assertThat(published.isFresh()).isTrue();
    clock.advance(Duration.ofDays(4));
    assertThat(published.isFresh()).isFalse();
    publisher.renew();
    assertThat(published.isFresh()).isTrue();
    MetadataSet later = published.forGroup("lobby", 0);
    assertThat(later.timestamp().version()).isEqualTo(first.timestamp().version() + 1);
    assertThat(later.snapshot()).isEqualTo(first.snapshot());
    clock.advance(Duration.ofDays(400));
    assertThat(published.says("lobby", files)).isFalse();
    publisher.publish("lobby", files);
    assertThat(published.says("lobby", files)).isTrue();
    MetadataSet muchLater = published.forGroup("lobby", 1);
    assertThat(muchLater.group().orElseThrow().version()).isEqualTo(2);
    assertThat(muchLater.roots()).extracting(SignedMetadata::version).containsExactly(2);
    assertThat(muchLater.timestamp().expires()).isAfter(clock.instant());
    assertThat(signed(muchLater.group().orElseThrow()).path("targets"))
        .isEqualTo(signed(first.group().orElseThrow()).path("targets"));
  }

  @Test
  void knowsWhenMetadataSaysSomethingElse() {
    List<TargetFile> files = List.of(file("host", "a"));
    assertThat(published.says("lobby", files)).isFalse();
    assertThat(published.isFresh()).isFalse();
    publisher.publish("lobby", files);
    assertThat(published.says("lobby", files)).isTrue();
    assertThat(published.says("lobby", List.of(file("host", "b")))).isFalse();
    assertThat(published.says("lobby", List.of())).isFalse();
    assertThat(published.says("roof", files)).isFalse();
  }

  @Test
  void losesNoGroupWhenManyArePublishedAtOnce() {
    IntStream.range(0, 20)
        .parallel()
        .forEach(i -> publisher.publish("g" + i, List.of(file("host", "s" + i))));
    for (int i = 0; i < 20; i++) {
      assertThat(published.forGroup("g" + i, 0).group()).isPresent();
    }
  }
}
