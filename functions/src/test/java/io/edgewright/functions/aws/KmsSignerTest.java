package io.edgewright.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import io.edgewright.functions.core.store.SignerContract;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

  @Test
  void asksForAPublicKeyOnce() throws Exception {
    var first = signer.key(KeyRole.ROOT).publicKey();
    int asked = kms.requests();
    assertThat(signer.key(KeyRole.ROOT).publicKey()).isEqualTo(first);
    assertThat(kms.requests()).isEqualTo(asked);
  }
}
