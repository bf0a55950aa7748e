package io.edgewright.functions.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.Signature;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public abstract class SignerContract {
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);

  /// The same keys each time.
  protected abstract Signer signer() throws Exception;

  private boolean fits(KeyRole signedBy, KeyRole checkedWith) throws Exception {
    return fits(signer().key(signedBy).sign(MESSAGE), checkedWith);
  }

  private boolean fits(byte[] bytes, KeyRole role) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(signer().key(role).publicKey());
    signature.update(MESSAGE);
    return signature.verify(bytes);
  }

  @Test
  void signsForEachRoleWithAKeyOfItsOwn() throws Exception {
    for (KeyRole role : KeyRole.values()) {
      assertThat(fits(role, role)).isTrue();
    }
    assertThat(fits(KeyRole.TIMESTAMP, KeyRole.ROOT)).isFalse();
    assertThat(Stream.of(KeyRole.values()).map(this::point).distinct())
        .hasSize(KeyRole.values().length);
  }

  private Object point(KeyRole role) {
    try {
      return signer().key(role).publicKey().getW();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keepsItsKeys() throws Exception {
    byte[] before = signer().key(KeyRole.ROOT).sign(MESSAGE);
    assertThat(fits(before, KeyRole.ROOT)).isTrue();
  }

  @Test
  void usesP256() throws Exception {
    assertThat(
            signer().key(KeyRole.ROOT).publicKey().getParams().getCurve().getField().getFieldSize())
        .isEqualTo(256);
  }
}
