package io.edgewright.device.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSignerTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);

  private final DeviceKey key = DeviceKey.generate();
  private final RequestSigner signer = new RequestSigner(key, new SecureRandom());

  @Test
  void buildsTheBaseOfRfc9421() throws GeneralSecurityException {
    // Appendix B.2.4 with the key of B.1.3: the published signature fits the base built here.
    Map<String, String> components = new LinkedHashMap<>();
    components.put("@status", "200");
    components.put("content-type", "application/json");
    components.put(
        "content-digest",
        "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:");
    components.put("content-length", "23");
    String parameters =
        "(\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
            + ";created=1618884473;keyid=\"test-key-ecc-p256\"";

    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(
        publicKey(
            "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
            "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"));
    verifier.update(RequestSigner.base(components, parameters).getBytes(StandardCharsets.UTF_8));

    assertThat(
            verifier.verify(
                Base64.getDecoder()
                    .decode(
                        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==")))
        .isTrue();
  }

  @Test
  void coversMethodAuthorityPathQueryAndBody() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        signer.headers("POST", URI.create("https://API.example:443/v1/x%20y?a=1"), body, CREATED);
    String input = headers.getOrDefault("Signature-Input", "");

    assertThat(input)
        .matches(
            "edgewright=\\(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\"\\)"
                + ";created=1700000000;nonce=\"[A-Za-z0-9_-]{22}\";keyid=\""
                + key.thumbprint()
                + "\";alg=\"ecdsa-p256-sha256\"");
    String digest = "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:";
    assertThat(headers).containsEntry("Content-Digest", digest);
    assertSigned(
        headers,
        """
        "@method": POST
        "@authority": api.example
        "@path": /v1/x%20y
        "@query": ?a=1
        "content-digest": DIGEST
        "@signature-params":\
        """
                .replace("DIGEST", digest)
            + " "
            + input.substring("edgewright=".length()));
  }

  @Test
  void signsAnEmptyQueryAsAQuestionMarkAndNoBodyAsNothing() {
    Map<String, String> headers =
        signer.headers("GET", URI.create("http://127.0.0.1:8080"), null, CREATED);
    String input = headers.getOrDefault("Signature-Input", "");

    assertThat(headers).doesNotContainKey("Content-Digest");
    assertSigned(
        headers,
        """
        "@method": GET
        "@authority": 127.0.0.1:8080
        "@path": /
        "@query": ?
        "@signature-params":\
        """
            + " "
            + input.substring("edgewright=".length()));
  }

  @Test
  void neverUsesANonceTwice() {
    URI address = URI.create("https://api.example/v1/devices/self/desired");

    assertThat(signer.headers("GET", address, null, CREATED).get("Signature-Input"))
        .isNotEqualTo(signer.headers("GET", address, null, CREATED).get("Signature-Input"));
  }

  private void assertSigned(Map<String, String> headers, String base) {
    String signature = headers.getOrDefault("Signature", "");
    assertThat(signature).startsWith("edgewright=:").endsWith(":");
    byte[] bytes =
        Base64.getDecoder()
            .decode(signature.substring("edgewright=:".length(), signature.length() - 1));
    assertThat(key.verifies(base.getBytes(StandardCharsets.UTF_8), bytes)).isTrue();
  }

  private static PublicKey publicKey(String x, String y) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(coordinate(x), coordinate(y));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger coordinate(String text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text));
  }
}
