package io.edgewright.functions.core.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.signature.StructuredField.Item;
import io.edgewright.functions.core.signature.StructuredField.Member;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of RFC 9421, appendix B.2, whose components this service knows. Their algorithms
/// are others, but the text under a signature is the same for all: an independent signature that
/// fits it shows that it is right. (B.2.4 has our own algorithm: see `SignatureBaseTest`.)
class Rfc9421VectorsTest {
  private static final SignedRequest REQUEST =
      new SignedRequest(
          "POST",
          "example.com",
          "/foo",
          "?param=Value&Pet=dog",
          Map.of(
              "date", "Tue, 20 Apr 2021 02:07:55 GMT",
              "content-type", "application/json",
              "content-length", "18"),
          Optional.empty());

  private static byte[] text(String input) {
    Member member =
        Objects.requireNonNull(StructuredField.dictionary(input).values().iterator().next());
    List<String> components =
        member.items().stream().map(item -> ((Item.Text) item).value()).toList();
    return SignatureBase.of(components, REQUEST::component, member.serialised())
        .text()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] signature(String field) {
    Member member =
        Objects.requireNonNull(StructuredField.dictionary(field).values().iterator().next());
    return ((Item.Bytes) member.items().getFirst()).decoded();
  }

  /// B.2.5: hmac-sha256 with the shared secret of B.1.5.
  @Test
  void buildsTheTextThatTheSharedSecretSigned() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder()
                .decode(
                    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8js"
                        + "asjlTMtDQ=="),
            "HmacSHA256"));
    String input =
        "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473"
            + ";keyid=\"test-shared-secret\"";
    assertThat(mac.doFinal(text(input)))
        .isEqualTo(signature("sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"));
  }

  /// B.2.6: ed25519 with the key of B.1.4.
  @Test
  void buildsTheTextThatTheEdwardsKeySigned() throws Exception {
    PublicKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new X509EncodedKeySpec(
                    Base64.getDecoder()
                        .decode("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")));
    String input =
        "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\""
            + " \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"";
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(key);
    check.update(text(input));
    assertThat(
            check.verify(
                signature(
                    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w"
                        + "6vuQv5lIp5WPpBKRCw==:")))
        .isTrue();
  }

  /// Sections 2.2.1, 2.2.3, 2.2.6 and 2.2.7.
  @ParameterizedTest
  @CsvSource({
    "@method, POST, www.example.com, /path, ?param=value, POST",
    "@authority, GET, www.example.com, /, ?, www.example.com",
    "@authority, GET, WWW.Example.com:443, /, ?, www.example.com",
    "@authority, GET, www.example.com:8443, /, ?, www.example.com:8443",
    "@path, GET, www.example.com, '', ?, /",
    "@path, GET, www.example.com, /path, ?param=value, /path",
    "@query, POST, www.example.com, /path, ?param=value&foo=bar&baz=bat%2Dman, "
        + "?param=value&foo=bar&baz=bat%2Dman",
    "@query, POST, www.example.com, /path, ?queryString, ?queryString",
    "@query, POST, www.example.com, /path, ?, ?",
  })
  void derivesComponents(
      String name, String method, String authority, String path, String query, String value) {
    var request = new SignedRequest(method, authority, path, query, Map.of(), Optional.empty());
    assertThat(request.component(name)).isEqualTo(value);
  }
}
