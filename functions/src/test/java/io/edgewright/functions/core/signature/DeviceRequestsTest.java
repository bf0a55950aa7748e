package io.edgewright.functions.core.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.NonceStore;
import io.edgewright.functions.core.store.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DeviceRequestsTest {
  private static final Instant NOW = Samples.NOON;
  private static final byte[] NO_BODY = new byte[0];

  private final DeviceSigner signer = new DeviceSigner();
  private final KnownDevices devices = new KnownDevices(signer);
  private final Set<String> nonces = new HashSet<>();
  private final NonceStore nonceStore =
      (device, nonce, now, until) -> nonces.add(device + " " + nonce);
  private final DeviceRequests requests =
      new DeviceRequests(devices, nonceStore, Clock.fixed(NOW, ZoneOffset.UTC));

  private static SignedRequest request(Map<String, String> headers, byte[] body) {
    return new SignedRequest(
        "GET",
        "127.0.0.1:8080",
        "/v1/devices/self/desired",
        "?rootVersion=1",
        headers,
        body.length == 0 ? Optional.empty() : Optional.of(Digest.of(body)));
  }

  private Map<String, String> headers(byte[] body, Instant created) {
    return signer.headers(
        "GET", "127.0.0.1:8080", "/v1/devices/self/desired", "?rootVersion=1", body, created);
  }

  private void refuses(SignedRequest request, ServiceErrorCode code) {
    assertThatThrownBy(() -> requests.authenticate(request))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.problems().getFirst().code()).isEqualTo(code.id()));
  }

  /// A good request, with `Signature-Input` rewritten.
  private SignedRequest rewritten(UnaryOperator<String> rewrite) {
    var headers = new HashMap<>(headers(NO_BODY, NOW));
    headers.computeIfPresent("signature-input", (name, value) -> rewrite.apply(value));
    return request(headers, NO_BODY);
  }

  @Test
  void acceptsWhatAnEnrolledDeviceSigned() {
    Device device = requests.authenticate(request(headers(NO_BODY, NOW), NO_BODY));
    assertThat(device.id()).isEqualTo(signer.id());
    byte[] body = "{}".getBytes(UTF_8);
    requests.authenticate(request(headers(body, NOW), body));
  }

  @Test
  void acceptsOtherSignaturesBesideTheDevices() {
    var headers = new HashMap<>(headers(NO_BODY, NOW));
    headers.computeIfPresent("signature-input", (n, v) -> "proxy=(\"@path\");created=1, " + v);
    headers.computeIfPresent("signature", (n, v) -> "proxy=:AAAA:, " + v);
    requests.authenticate(request(headers, NO_BODY));
  }

  @Test
  void refusesARequestWithoutSignature() {
    refuses(request(Map.of(), NO_BODY), ServiceErrorCode.SIGNATURE_UNREADABLE);
  }

  @Test
  void refusesWhatCannotBeRead() {
    for (String text : List.of("", "edgewright", "other=()", "edgewright=()", "edgewright=5")) {
      refuses(rewritten(input -> text), ServiceErrorCode.SIGNATURE_UNREADABLE);
    }
  }

  @Test
  void refusesMissingDoubledAndUnknownComponents() {
    for (String component : List.of("@method", "@authority", "@path", "@query")) {
      refuses(
          rewritten(input -> input.replace("\"" + component + "\"", "\"date\"")),
          ServiceErrorCode.SIGNATURE_UNREADABLE);
    }
    refuses(
        rewritten(input -> input.replace("\"@query\"", "\"@query\" \"@query\"")),
        ServiceErrorCode.SIGNATURE_UNREADABLE);
    byte[] body = "{}".getBytes(UTF_8);
    refuses(request(headers(NO_BODY, NOW), body), ServiceErrorCode.SIGNATURE_UNREADABLE);
  }

  @Test
  void refusesAnotherAlgorithmAndMissingParameters() {
    refuses(
        rewritten(input -> input.replace("ecdsa-p256-sha256", "hmac-sha256")),
        ServiceErrorCode.SIGNATURE_UNREADABLE);
    for (String parameter : List.of("created", "nonce", "keyid")) {
      refuses(
          rewritten(input -> input.replace(";" + parameter, ";x" + parameter)),
          ServiceErrorCode.SIGNATURE_UNREADABLE);
    }
    refuses(
        rewritten(input -> input.replaceAll("created=\\d+", "created=" + Long.MAX_VALUE)),
        ServiceErrorCode.SIGNATURE_UNREADABLE);
    refuses(
        rewritten(input -> input.replaceAll("nonce=\"....", "nonce=\"")),
        ServiceErrorCode.SIGNATURE_UNREADABLE);
  }

  @Test
  void refusesWhatIsTooOldOrTooNew() {
    requests.authenticate(request(headers(NO_BODY, NOW.minusSeconds(300)), NO_BODY));
    requests.authenticate(request(headers(NO_BODY, NOW.plusSeconds(300)), NO_BODY));
    refuses(
        request(headers(NO_BODY, NOW.minusSeconds(301)), NO_BODY),
        ServiceErrorCode.SIGNATURE_STALE);
    refuses(
        request(headers(NO_BODY, NOW.plusSeconds(301)), NO_BODY), ServiceErrorCode.SIGNATURE_STALE);
  }

  @Test
  void refusesADeviceThatIsNotEnrolled() {
    var stranger = new DeviceSigner();
    var headers =
        stranger.headers(
            "GET", "127.0.0.1:8080", "/v1/devices/self/desired", "?rootVersion=1", NO_BODY, NOW);
    refuses(request(headers, NO_BODY), ServiceErrorCode.DEVICE_UNKNOWN);
  }

  @Test
  void refusesAnotherMethodHostPathOrQuery() {
    for (int i = 0; i < 4; i++) {
      refuses(
          new SignedRequest(
              i == 0 ? "POST" : "GET",
              i == 1 ? "evil" : "127.0.0.1:8080",
              i == 2 ? "/v1/claims" : "/v1/devices/self/desired",
              i == 3 ? "?rootVersion=2" : "?rootVersion=1",
              headers(NO_BODY, NOW),
              Optional.empty()),
          ServiceErrorCode.SIGNATURE_WRONG);
    }
  }

  @Test
  void refusesAnotherBody() {
    byte[] body = "{}".getBytes(UTF_8);
    byte[] other = "{ }".getBytes(UTF_8);
    refuses(request(headers(body, NOW), other), ServiceErrorCode.CONTENT_DIGEST_WRONG);
    var without = new HashMap<>(headers(body, NOW));
    without.remove("content-digest");
    refuses(request(without, body), ServiceErrorCode.CONTENT_DIGEST_WRONG);
    refuses(request(headers(body, NOW), NO_BODY), ServiceErrorCode.CONTENT_DIGEST_WRONG);
  }

  @Test
  void refusesEveryReplay() {
    SignedRequest request = request(headers(NO_BODY, NOW), NO_BODY);
    requests.authenticate(request);
    for (int i = 0; i < 100; i++) {
      refuses(request, ServiceErrorCode.SIGNATURE_REPLAYED);
    }
  }

  @Test
  void letsNoStrangerUseUpANonceOfADevice() {
    var headers = headers(NO_BODY, NOW);
    var forged = new HashMap<>(headers);
    forged.put("signature", "edgewright=:" + "A".repeat(86) + "==:");
    refuses(request(forged, NO_BODY), ServiceErrorCode.SIGNATURE_WRONG);
    requests.authenticate(request(headers, NO_BODY));
  }

  @Test
  void takesTheAuthorityWithoutDefaultPortAndInLowerCase() {
    var headers = signer.headers("GET", "example.com", "/", "?", NO_BODY, NOW);
    requests.authenticate(
        new SignedRequest("GET", "Example.COM:443", "", "?", headers, Optional.empty()));
  }
}
