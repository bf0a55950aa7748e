package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Claims, devices and what devices report.
public interface DeviceStore {
  void addClaim(Claim claim);

  /// Uses up a claim and records its device, both or neither. However many try at once, one device
  /// gets the claim; the same device may ask again, because the first answer may have been lost.
  ///
  /// @param make the device, given the group of the claim
  Enrolment enrol(Digest token, Instant now, Function<String, Device> make);

  Optional<Device> find(String id);

  /// By the time of their last enrolment.
  ///
  /// @param cursor the `next` of the page before
  /// @throws IllegalArgumentException when the cursor is none of ours
  DevicePage newestFirst(int limit, Optional<String> cursor);

  void addReport(Report report);

  /// Newest first.
  List<Report> reports(String device, int limit);

  /// What became of an attempt to enrol.
  sealed interface Enrolment {
    record Enrolled(Device device) implements Enrolment {}

    record Refused(Reason reason) implements Enrolment {}
  }

  enum Reason {
    UNKNOWN,
    USED,
    EXPIRED
  }

  /// What a device said about itself, as JSON text.
  record Report(String device, Instant at, String body) {}
}
