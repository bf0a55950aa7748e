package io.edgewright.device.trust;

import io.edgewright.device.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * Who runs a bundle before the others do. The service finds out in the same way, so nobody needs a
 * list, and the signed metadata alone decides.
 *
 * @param deployment its name; another deployment has other canaries
 * @param percent how many of a hundred devices, 1 to 100
 */
public record Rollout(String deployment, long percent) {

  static Rollout read(JsonValue rollout) {
    return new Rollout(
        rollout.require("deployment").text(), rollout.require("percent").integer(1, 100));
  }

  /**
   * Whether the device's place, 0 to 99, is below the percentage. The place is {@code floor(h * 100
   * / 2^32)}, with {@code h} the first four bytes, big end first, of {@code SHA-256(deployment +
   * "\n" + device)}.
   */
  public boolean includes(String device) {
    try {
      byte[] text = (deployment + "\n" + device).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      long h = Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
      return (h * 100) >>> 32 < percent;
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException("every Java platform has SHA-256", exception);
    }
  }
}
