package io.edgewright.device.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DeviceKeyTest {
  @Test
  void namesAKeyAsRfc7638Says() {
    // The example of RFC 9449, section 6.1.
    Map<String, String> jwk =
        Map.of(
            "kty", "EC",
            "crv", "P-256",
            "x", "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
            "y", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA");

    assertThat(DeviceKey.thumbprint(jwk)).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
  }

  @RepeatedTest(20)
  void comesBackFromItsFile() {
    DeviceKey key = DeviceKey.generate();
    DeviceKey again = DeviceKey.fromPem(key.pem());

    assertThat(again.thumbprint()).isEqualTo(key.thumbprint());
    assertThat(again.pem()).isEqualTo(key.pem());
    assertThat(Base64.getUrlDecoder().decode(key.jwk().get("x"))).hasSize(32);
    assertThat(Base64.getUrlDecoder().decode(key.jwk().get("y"))).hasSize(32);
  }

  @Test
  void signsIn64Bytes() {
    DeviceKey key = DeviceKey.generate();
    byte[] message = "hello".getBytes(StandardCharsets.UTF_8);
    byte[] signature = key.sign(message);

    assertThat(signature).hasSize(64);
    assertThat(key.verifies(message, signature)).isTrue();
    assertThat(DeviceKey.generate().verifies(message, signature)).isFalse();
  }

  @Test
  void refusesAFileWhoseHalvesDoNotBelongTogether() {
    String first = DeviceKey.generate().pem();
    String second = DeviceKey.generate().pem();
    String mixed =
        first.substring(0, first.indexOf("-----BEGIN PUBLIC"))
            + second.substring(second.indexOf("-----BEGIN PUBLIC"));

    assertThatIllegalArgumentException().isThrownBy(() -> DeviceKey.fromPem(mixed));
  }

  @Test
  void refusesATruncatedFile() {
    String pem = DeviceKey.generate().pem();
    for (int length = 0; length < pem.length() - 1; length += 7) {
      String cut = pem.substring(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> DeviceKey.fromPem(cut));
    }
  }
}
