package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The devices of a group that run a new bundle first. Nobody keeps a list: the signed metadata has
/// these two fields, and a device and the service find by the same hash whether it is one of them.
/// With a higher percentage of the same deployment, those who were canaries stay canaries.
///
/// @param deployment its name; another deployment has other canaries
/// @param percent of the devices, 1 to 100
public record Canaries(String deployment, int percent) {

  static Canaries of(JsonNode rollout) {
    return new Canaries(
        rollout.required("deployment").asText(), rollout.required("percent").asInt());
  }

  ObjectNode json() {
    return Json.object().put("deployment", deployment).put("percent", percent);
  }

  /// Whether the device's place, 0 to 99, is below the percentage. The place is `floor(h * 100 /
  /// 2^32)`, with `h` the first four bytes, big end first, of `SHA-256(deployment + "\n" +
  /// device)`.
  public boolean include(String device) {
    byte[] text = (deployment + "\n" + device).getBytes(StandardCharsets.UTF_8);
    long h = Integer.toUnsignedLong(ByteBuffer.wrap(Digest.of(text).bytes()).getInt());
    return (h * 100) >>> 32 < percent;
  }
}
