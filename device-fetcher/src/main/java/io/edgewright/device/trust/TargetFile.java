package io.edgewright.device.trust;

import io.edgewright.device.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A bundle as the signed metadata describes it.
 *
 * @param compilation which compilation it came from, empty when not stated
 * @param target the device type it was compiled for, where stated
 * @param features the processor features it needs, where stated
 * @param rollout who runs it, where that is not everyone
 */
public record TargetFile(
    String path,
    long length,
    String sha256,
    String compilation,
    Optional<String> target,
    Optional<List<String>> features,
    Optional<Rollout> rollout) {
  /** A file beyond this is a mistake or an attack: no device of ours holds it. */
  static final long MOST_BYTES = 1L << 31;

  static TargetFile read(String path, JsonValue entry) {
    Optional<JsonValue> custom = entry.find("custom");
    return new TargetFile(
        path,
        entry.require("length").integer(1, MOST_BYTES),
        entry.require("hashes").require("sha256").sha256(),
        custom.flatMap(field -> field.find("compilation")).map(JsonValue::text).orElse(""),
        custom.flatMap(field -> field.find("target")).map(JsonValue::text),
        custom.flatMap(field -> field.find("features")).map(JsonValue::texts),
        custom.flatMap(field -> field.find("rollout")).map(Rollout::read));
  }
}
