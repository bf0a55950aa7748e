package io.edgewright.functions.core.signature;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.device.DeviceKey;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.NonceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Decides which device sent a request, or that none did.
///
/// The order matters: the nonce is remembered last, so that only a device can use up its own, and
/// nothing is looked up that the form of the request rules out already.
public final class DeviceRequests {
  static final Duration WINDOW = Duration.ofMinutes(5);
  private static final String HEADER = "Signature-Input";

  private final DeviceStore devices;
  private final NonceStore nonces;
  private final Clock clock;

  public DeviceRequests(DeviceStore devices, NonceStore nonces, Clock clock) {
    this.devices = devices;
    this.nonces = nonces;
    this.clock = clock;
  }

  /// @throws ServiceException when the request is not one that an enrolled device just signed
  public Device authenticate(SignedRequest request) {
    RequestSignature signature = RequestSignature.read(request, RequestSignature.LABEL);
    Instant now = clock.instant();
    checkAge(signature, now);
    checkContentDigest(request, signature);
    Device device = device(signature.keyId());
    checkSignature(request, signature, DeviceKey.of(device.key()));
    Instant until = signature.created().plus(WINDOW).plusSeconds(1);
    if (!nonces.remember(device.id(), signature.nonce(), now, until)) {
      throw new ServiceException(
          ServiceErrorCode.SIGNATURE_REPLAYED,
          HEADER + ", `nonce`",
          "a nonce that this device has used",
          "a new nonce for every request",
          "sign again with 128 fresh random bits; a repeated request must be signed anew");
    }
    return device;
  }

  /// Holds a second signature of the same request against the key that the device wants to have
  /// from now on: whoever names a key must have it.
  ///
  /// @throws ServiceException when that signature is missing, old, or of another key
  public void checkNextKey(SignedRequest request, DeviceKey key) {
    RequestSignature signature = RequestSignature.read(request, RequestSignature.NEXT_LABEL);
    checkAge(signature, clock.instant());
    checkContentDigest(request, signature);
    checkSignature(request, signature, key);
  }

  private static void checkAge(RequestSignature signature, Instant now) {
    if (Duration.between(signature.created(), now).abs().compareTo(WINDOW) > 0) {
      throw new ServiceException(
          ServiceErrorCode.SIGNATURE_STALE,
          HEADER + ", `created`",
          signature.created() + ", while it is " + now + " here",
          "at most " + WINDOW.toSeconds() + " seconds apart",
          "set the device's clock; the `Date` header of this answer has the time");
    }
  }

  private Device device(String keyId) {
    Device device =
        devices
            .findByKey(keyId)
            .orElseThrow(() ->
                new ServiceException(
                    ServiceErrorCode.DEVICE_UNKNOWN,
                    HEADER + ", `keyid`",
                    "`" + keyId + "`, which is not enrolled here",
                    "the thumbprint (RFC 7638) of an enrolled device's key",
                    "enrol the device with a new claim"));
    if (device.revokedAt().isPresent()) {
      throw withdrawn("a key of a device that was revoked at " + device.revokedAt().get());
    }
    if (!device.key().id().equals(keyId)) {
      throw withdrawn("a key that the device has replaced");
    }
    return device;
  }

  private static ServiceException withdrawn(String seen) {
    return new ServiceException(
        ServiceErrorCode.DEVICE_KEY_WITHDRAWN,
        HEADER + ", `keyid`",
        seen,
        "the current key of a device that is not revoked",
        "sign with the current key; a revoked device needs a new key and a new claim");
  }

  private static void checkContentDigest(SignedRequest request, RequestSignature signature) {
    if (!signature.components().contains(RequestSignature.CONTENT_DIGEST)) {
      return;
    }
    String expected = request.expectedContentDigest().orElse("");
    String given = request.header(RequestSignature.CONTENT_DIGEST).orElse("").strip();
    if (!given.equals(expected)) {
      throw new ServiceException(
          ServiceErrorCode.CONTENT_DIGEST_WRONG,
          "the header `Content-Digest`",
          given.isEmpty() ? "no such header" : "`" + given + "`",
          expected.isEmpty() ? "none, as there is no body" : "`" + expected + "`",
          "send the SHA-256 of exactly the bytes of the body");
    }
  }

  private static void checkSignature(
      SignedRequest request, RequestSignature signature, DeviceKey key) {
    SignatureBase base =
        SignatureBase.of(signature.components(), request::component, signature.parameters());
    if (!key.thumbprint().equals(signature.keyId())
        || !base.isSignedBy(key.publicKey(), signature.signature().decoded())) {
      throw new ServiceException(
          ServiceErrorCode.SIGNATURE_WRONG,
          "the header `Signature`",
          "a signature that does not fit the request",
          "ECDSA P-256 with SHA-256, r||s, over the signature base",
          "check that nothing between device and service rewrites host, path or query");
    }
  }
}
