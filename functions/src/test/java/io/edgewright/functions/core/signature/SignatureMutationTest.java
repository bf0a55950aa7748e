package io.edgewright.functions.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Samples;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A signed request with one byte changed, for every byte of everything that a signature covers and
/// of the signature itself. Every bit of it in a normal run; `./edgewright test --soak` tries every
/// other value of every byte. None is accepted.
class SignatureMutationTest {
  private static final boolean SOAK = Boolean.getBoolean("edgewright.soak");
  private static final byte[] BODY = "{\"event\":\"activated\"}".getBytes(ISO_8859_1);

  private final DeviceSigner signer = new DeviceSigner();

  /// Takes every nonce, so that nothing is refused as a replay of what was tried before.
  private final DeviceRequests requests =
      new DeviceRequests(
          new KnownDevices(signer),
          (device, nonce, now, until) -> true,
          Clock.fixed(Samples.NOON, ZoneOffset.UTC));

  private final Map<Part, String> good = good();

  enum Part {
    METHOD,
    AUTHORITY,
    PATH,
    QUERY,
    BODY,
    CONTENT_DIGEST,
    SIGNATURE_INPUT,
    SIGNATURE
  }

  private Map<Part, String> good() {
    Map<String, String> headers =
        signer.headers(
            "POST",
            "127.0.0.1:8080",
            "/v1/devices/self/reports",
            "?rootVersion=12",
            BODY,
            Samples.NOON);
    return Map.of(
        Part.METHOD,
        "POST",
        Part.AUTHORITY,
        "127.0.0.1:8080",
        Part.PATH,
        "/v1/devices/self/reports",
        Part.QUERY,
        "?rootVersion=12",
        Part.BODY,
        new String(BODY, ISO_8859_1),
        Part.CONTENT_DIGEST,
        text(headers, "content-digest"),
        Part.SIGNATURE_INPUT,
        text(headers, "signature-input"),
        Part.SIGNATURE,
        text(headers, "signature"));
  }

  private static <K> String text(Map<K, String> texts, K key) {
    return Objects.requireNonNull(texts.get(key));
  }

  private static SignedRequest request(Map<Part, String> parts) {
    return new SignedRequest(
        text(parts, Part.METHOD),
        text(parts, Part.AUTHORITY),
        text(parts, Part.PATH),
        text(parts, Part.QUERY),
        Map.of(
            "content-digest", text(parts, Part.CONTENT_DIGEST),
            "signature-input", text(parts, Part.SIGNATURE_INPUT),
            "signature", text(parts, Part.SIGNATURE)),
        Optional.of(Digest.of(text(parts, Part.BODY).getBytes(ISO_8859_1))));
  }

  private boolean isAccepted(Part part, String text) {
    Map<Part, String> parts = new HashMap<>(good);
    parts.put(part, text);
    try {
      requests.authenticate(request(parts));
      return true;
    } catch (ServiceException e) {
      return false;
    }
  }

  @Test
  void acceptsTheRequestItself() {
    assertThat(isAccepted(Part.METHOD, text(good, Part.METHOD))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryOtherByte(Part part) {
    String text = text(good, part);
    for (int at = 0; at < text.length(); at++) {
      int place = at;
      others(text.charAt(at))
          .forEach(other -> {
            String mutated = text.substring(0, place) + (char) other + text.substring(place + 1);
            assertThat(isAccepted(part, mutated)).as("%s: %s", part, mutated).isFalse();
          });
    }
  }

  private static IntStream others(char letter) {
    return SOAK
        ? IntStream.range(0, 256).filter(other -> other != letter)
        : IntStream.range(0, 8).map(bit -> letter ^ (1 << bit));
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatLacksAByte(Part part) {
    String text = text(good, part);
    for (int at = 0; at < text.length(); at++) {
      String mutated = text.substring(0, at) + text.substring(at + 1);
      assertThat(isAccepted(part, mutated)).as("%s: %s", part, mutated).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatHasAByteTwice(Part part) {
    String text = text(good, part);
    for (int at = 0; at < text.length(); at++) {
      // Two spaces between the items of a list are one to RFC 8941, and signed as one.
      if (text.charAt(at) != ' ') {
        String mutated = text.substring(0, at) + text.charAt(at) + text.substring(at);
        assertThat(isAccepted(part, mutated)).as("%s: %s", part, mutated).isFalse();
      }
    }
  }
}
