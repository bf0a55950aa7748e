package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;

/// One record of what a model found on a device.
///
/// @param sequence the device's own number for it, larger than that of every record before
/// @param model the name of the product
/// @param content JSON text: the outputs of one frame, or counters of all frames until then
public record DeviceResult(
    String device,
    long sequence,
    Kind kind,
    Instant at,
    String model,
    Digest bundle,
    String content) {

  /// What a record holds.
  public enum Kind {
    SAMPLE("sample", "outputs"),
    COUNTERS("counters", "counters");

    private final String word;
    private final String member;

    Kind(String word, String member) {
      this.word = word;
      this.member = member;
    }

    public String word() {
      return word;
    }

    /// The member of a record in JSON that holds the content.
    public String member() {
      return member;
    }
  }
}
