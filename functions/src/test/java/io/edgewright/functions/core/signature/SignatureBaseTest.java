package io.edgewright.functions.core.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.signature.StructuredField.Member;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// RFC 9421, B.2.4: a response signed with ecdsa-p256-sha256.
class SignatureBaseTest {
  private static final String KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf"
          + "w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==";
  private static final String INPUT =
      "sig-b24=(\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
          + ";created=1618884473;keyid=\"test-key-ecc-p256\"";
  private static final String SIGNATURE =
      "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==";
  private static final Map<String, String> VALUES =
      Map.of(
          "@status", "200",
          "content-type", "application/json",
          "content-digest",
              "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rj"
                  + "Juahq4l5aGgfLQ==:",
          "content-length", "23");
  private static final List<String> COMPONENTS =
      List.of("@status", "content-type", "content-digest", "content-length");

  private static SignatureBase base(Map<String, String> values) {
    Member member = Objects.requireNonNull(StructuredField.dictionary(INPUT).get("sig-b24"));
    return SignatureBase.of(COMPONENTS, name -> values.getOrDefault(name, ""), member.serialised());
  }

  private static ECPublicKey key() throws Exception {
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(KEY)));
  }

  @Test
  void buildsTheTextOfTheExample() {
    assertThat(base(VALUES).text())
        .isEqualTo(
            """
            "@status": 200
            "content-type": application/json
            "content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:
            "content-length": 23
            "@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256\"\
            """);
  }

  @Test
  void acceptsTheSignatureOfTheExample() throws Exception {
    assertThat(base(VALUES).isSignedBy(key(), Base64.getDecoder().decode(SIGNATURE))).isTrue();
  }

  @Test
  void refusesTheSignatureOfAnotherText() throws Exception {
    var other = new HashMap<>(VALUES);
    other.put("content-length", "24");
    assertThat(base(other).isSignedBy(key(), Base64.getDecoder().decode(SIGNATURE))).isFalse();
  }

  @Test
  void refusesFlippedBitsAndWrongLengths() throws Exception {
    byte[] signature = Base64.getDecoder().decode(SIGNATURE);
    for (int bit = 0; bit < signature.length * 8; bit += 7) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(base(VALUES).isSignedBy(key(), flipped)).isFalse();
    }
    for (int length : List.of(0, 1, 63, 65, 128)) {
      assertThat(base(VALUES).isSignedBy(key(), new byte[length])).isFalse();
    }
    assertThat(base(VALUES).isSignedBy(key(), new byte[64])).isFalse();
  }
}
