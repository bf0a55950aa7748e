package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Claims, devices, their keys, and what devices report. A key belongs to one device for ever: what
/// was replaced or revoked never comes back.
public interface DeviceStore {
  void addClaim(Claim claim);

  /// Uses up a claim and records its device, both or neither. However many try at once, one device
  /// gets the claim; the same device may ask again, because the first answer may have been lost. A
  /// device that enrols with its current key and another claim moves to that claim's group.
  ///
  /// @param make the device, given the group of the claim
  Enrolment enrol(Digest token, Instant now, Function<String, Device> make);

  Optional<Device> find(String id);

  /// The device that signs, or once signed, with this key. Reads what was last written.
  Optional<Device> findByKey(String keyId);

  /// Gives the device another key in place of this one.
  Rotation rotate(String device, String fromKey, Device.Key to, Instant at);

  /// Shuts the device out for good.
  ///
  /// @return false when there is no such device
  boolean revoke(String id, Instant at);

  /// Newest enrolment first.
  ///
  /// @param group of this group only
  /// @param cursor the `next` of the page before
  /// @throws IllegalArgumentException when the cursor is none of ours
  Page<Device> newestFirst(Optional<String> group, int limit, Optional<String> cursor);

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
    EXPIRED,
    /// The key was replaced or revoked.
    KEY_WITHDRAWN
  }

  enum Rotation {
    ROTATED,
    /// Some device has or had the new key.
    KEY_TAKEN,
    /// The device is revoked, or signs with another key by now.
    SUPERSEDED
  }

  /// What a device said about itself, as JSON text.
  record Report(String device, Instant at, String body) {}
}
