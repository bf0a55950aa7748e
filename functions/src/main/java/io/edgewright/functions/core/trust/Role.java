package io.edgewright.functions.core.trust;

import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.SignedMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A role of the metadata: its name, the type that it declares, its key, and how long a version
/// lasts. A device that was away for longer than the timestamp's life just gets a newer one.
record Role(String name, String type, KeyRole key, Duration lifetime) {
  private static final String OF_GROUP = "group/";

  static final Role ROOT = new Role("root", "root", KeyRole.ROOT, Duration.ofDays(365));
  static final Role TARGETS = new Role("targets", "targets", KeyRole.TARGETS, Duration.ofDays(90));
  static final Role SNAPSHOT =
      new Role("snapshot", "snapshot", KeyRole.SNAPSHOT, Duration.ofDays(30));
  static final Role TIMESTAMP =
      new Role("timestamp", "timestamp", KeyRole.TIMESTAMP, Duration.ofDays(7));

  /// Those above the roles of groups. The root names the keys of all four.
  static final List<Role> TOP = List.of(ROOT, TIMESTAMP, SNAPSHOT, TARGETS);

  /// The delegated role of a group, which is of type targets.
  static Role ofGroup(String group) {
    return new Role(OF_GROUP + group, "targets", KeyRole.GROUPS, Duration.ofDays(90));
  }

  /// The group that a delegated role is of.
  static String groupOf(String name) {
    return name.substring(OF_GROUP.length());
  }

  /// What other metadata calls it.
  String file() {
    return name + ".json";
  }

  /// Whether a version is not yet past half of its life.
  boolean isFresh(SignedMetadata version, Instant now) {
    return now.plus(lifetime.dividedBy(2)).isBefore(version.expires());
  }
}
