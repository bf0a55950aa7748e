package io.edgewright.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import io.edgewright.functions.core.store.SignerContract;
import io.edgewright.functions.core.trust.MemoryMetadata;
import io.edgewright.functions.core.trust.MetadataPublisher;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsSignerTest extends SignerContract {
  private SmallKms kms;
  private Signer signer;

  @BeforeEach
  void open() throws IOException {
    kms = new SmallKms();
    Map<KeyRole, String> keys = new EnumMap<>(KeyRole.class);
    for (KeyRole role : KeyRole.values()) {
      keys.put(role, "key-of-" + role);
    }
    signer = new KmsSigner(new AwsServer(kms.address()).kms(), keys, Optional.of("earlier"));
  }

  @AfterEach
  void close() {
    kms.close();
  }

  @Override
  protected Signer signer() {
    return signer;
  }

  /// Metadata is longer than what KMS takes as a message.
  @Test
  void signsLongMessages() {
    assertThat(signer.key(KeyRole.TARGETS).sign(new byte[1 << 20])).isNotEmpty();
  }

  @Test
  void hasTheRootKeyBeforeWhereThereIsOne() {
    var previous = signer.previousRoot().orElseThrow();
    assertThat(previous.publicKey()).isNotEqualTo(signer.key(KeyRole.ROOT).publicKey());
    assertThat(previous.sign(new byte[1])).isNotEmpty();
  }

  /// As it is on AWS: a function with other keys takes the place of one, over the same table.
  @Test
  void signsTheRootOfItsSuccessor() {
    var store = new MemoryMetadata();
    var clock = Clock.systemUTC();
    new MetadataPublisher(store, signer, clock).renew();
    Map<KeyRole, String> others = new EnumMap<>(KeyRole.class);
    for (KeyRole role : KeyRole.values()) {
      others.put(role, "new-key-of-" + role);
    }
    KmsClient client = new AwsServer(kms.address()).kms();
    var forgetful = new KmsSigner(client, others, Optional.empty());
    assertThatThrownBy(() -> new MetadataPublisher(store, forgetful, clock).renew())
        .hasMessageContaining("EW-4096");
    var successor = new KmsSigner(client, others, Optional.of("key-of-ROOT"));
    new MetadataPublisher(store, successor, clock).renew();
    assertThat(Json.trusted(store.find("root", 2).orElseThrow().json()).path("signatures"))
        .hasSize(2);
    new MetadataPublisher(store, forgetful, clock).renew();
    assertThat(store.latest("root").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void asksForAPublicKeyOnce() throws Exception {
    var first = signer.key(KeyRole.ROOT).publicKey();
    int asked = kms.requests();
    assertThat(signer.key(KeyRole.ROOT).publicKey()).isEqualTo(first);
    assertThat(kms.requests()).isEqualTo(asked);
  }
}
