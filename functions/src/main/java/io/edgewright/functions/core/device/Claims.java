package io.edgewright.functions.core.device;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.MetadataSigning;
import io.edgewright.functions.core.trust.PublishedMetadata;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// Rights to enrol one device each.
public final class Claims {
  private static final Duration LIFETIME = Duration.ofDays(3);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DeviceStore devices;
  private final PublishedMetadata metadata;
  private final MetadataSigning signing;
  private final Clock clock;

  public Claims(
      DeviceStore devices, PublishedMetadata metadata, MetadataSigning signing, Clock clock) {
    this.devices = devices;
    this.metadata = metadata;
    this.signing = signing;
    this.clock = clock;
  }

  /// A claim as its maker sees it, the only time that the token is shown.
  public record NewClaim(String token, String group, Instant expiresAt) {}

  /// Nobody enrols without a claim, so what enrolling devices are given to trust is there by then.
  public NewClaim make(String group) {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    Instant expiresAt = clock.instant().plus(LIFETIME);
    if (metadata.root().isEmpty()) {
      signing.renew();
    }
    devices.addClaim(new Claim(digest(token), group, expiresAt));
    return new NewClaim(token, group, expiresAt);
  }

  static Digest digest(String token) {
    return Digest.of(token.getBytes(StandardCharsets.UTF_8));
  }
}
