package io.edgewright.functions.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.MovingClock;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.SignedMetadata;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys that take others' places. Whether devices follow is tried with devices' own rules, where
/// all modules meet.
class RotationTest {
  private final MetadataStore store = new MemoryMetadata();
  private final MemorySigner signer = new MemorySigner();
  private final MetadataPublisher publisher =
      new MetadataPublisher(store, signer, new MovingClock(Samples.NOON));

  @BeforeEach
  void publish() {
    for (String group : List.of("lobby", "roof")) {
      publisher.publish(
          group,
          List.of(
              new TargetFile(
                  "host",
                  Samples.artifact("a"),
                  Samples.digest("c").hex(),
                  "n",
                  Optional.empty())));
    }
  }

  private JsonNode latest(String role) {
    return Json.trusted(store.latest(role).orElseThrow().json());
  }

  private int version(String role) {
    return store.latest(role).map(SignedMetadata::version).orElse(0);
  }

  private String id(KeyRole role) {
    return TrustKey.of(signer.key(role)).id();
  }

  @Test
  void everyGroupFollowsANewKeyOfGroups() {
    signer.replace(KeyRole.GROUPS);
    publisher.renew();
    for (String group : List.of("group/lobby", "group/roof")) {
      assertThat(latest(group).at("/signatures/0/keyid").asText()).isEqualTo(id(KeyRole.GROUPS));
      assertThat(version(group)).isEqualTo(2);
    }
    JsonNode delegations = latest("targets").at("/signed/delegations");
    assertThat(delegations.path("keys").properties()).hasSize(1);
    assertThat(delegations.path("roles")).hasSize(2);
    for (JsonNode role : delegations.path("roles")) {
      assertThat(role.path("keyids")).hasSize(1);
      assertThat(role.at("/keyids/0").asText()).isEqualTo(id(KeyRole.GROUPS));
    }
    assertThat(version("root")).isEqualTo(1);
  }

  /// What breaks off in the middle: a group is with the one key or with the other, as a whole.
  @Test
  void groupsMayBeUnderDifferentKeysForAWhile() {
    String old = id(KeyRole.GROUPS);
    signer.replace(KeyRole.GROUPS);
    publisher.publish("roof", List.of());
    JsonNode delegations = latest("targets").at("/signed/delegations");
    assertThat(delegations.path("keys").has(old)).isTrue();
    assertThat(delegations.path("keys").has(id(KeyRole.GROUPS))).isTrue();
    assertThat(version("group/lobby")).isEqualTo(1);
    publisher.renew();
    assertThat(latest("targets").at("/signed/delegations/keys").has(old)).isFalse();
    assertThat(version("group/lobby")).isEqualTo(2);
    assertThat(version("group/roof")).isEqualTo(2);
  }

  @Test
  void aSecondTimeSignsNothing() {
    for (KeyRole role : KeyRole.values()) {
      signer.replace(role);
    }
    publisher.renew();
    int signatures = signer.signatures();
    publisher.renew();
    assertThat(signer.signatures()).isEqualTo(signatures);
    assertThat(version("root")).isEqualTo(2);
  }

  /// No device could ever follow, so nothing is published.
  @Test
  void refusesANewRootKeyThatTheOldOneDoesNotVouchFor() {
    signer.replace(KeyRole.ROOT);
    signer.replace(KeyRole.TIMESTAMP);
    signer.forgetPreviousRoot();
    assertThatThrownBy(publisher::renew)
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("EW-4096")
        .hasMessageContaining(id(KeyRole.ROOT));
    assertThatThrownBy(() -> publisher.publish("lobby", List.of())).hasMessageContaining("EW-4096");
    assertThat(version("root")).isEqualTo(1);
    assertThat(version("timestamp")).isEqualTo(2);
  }

  /// A root that is signed anew long after needs no key but its own.
  @Test
  void needsTheOldRootKeyOnlyOnce() {
    signer.replace(KeyRole.ROOT);
    publisher.renew();
    signer.forgetPreviousRoot();
    signer.replace(KeyRole.SNAPSHOT);
    publisher.renew();
    assertThat(latest("root").path("signatures")).hasSize(1);
    assertThat(version("root")).isEqualTo(3);
  }
}
