package io.edgewright.device.bundle;

import io.edgewright.device.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Which results are kept and sent.
 *
 * @param fields names of outputs; empty: all
 * @param threshold classes and detections below it are left out
 * @param onChange whether only a frame that differs from the one before is a sample
 * @param sampleRate which part of the samples is kept
 * @param batch most samples in one request
 * @param bytesPerDay most bytes of requests on a day
 * @param keepBytes most bytes that wait on the device
 */
public record ResultPolicy(
    Optional<List<String>> fields,
    double threshold,
    boolean onChange,
    double sampleRate,
    int batch,
    long bytesPerDay,
    long keepBytes) {
  /** What holds where nothing is said. */
  public static final ResultPolicy EVERYTHING =
      new ResultPolicy(Optional.empty(), 0, false, 1, 100, 1_000_000, 16 << 20);

  public ResultPolicy {
    fields = fields.map(List::copyOf);
  }

  static ResultPolicy read(JsonValue policy) {
    return new ResultPolicy(
        policy.find("fields").map(JsonValue::texts),
        policy.require("threshold").decimal(),
        policy.require("onChange").flag(),
        policy.require("sampleRate").decimal(),
        (int) policy.require("batch").integer(1, 1000),
        policy.require("bytesPerDay").integer(0, Long.MAX_VALUE),
        policy.require("keepBytes").integer(1, Long.MAX_VALUE));
  }
}
