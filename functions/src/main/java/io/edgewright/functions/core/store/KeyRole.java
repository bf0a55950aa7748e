package io.edgewright.functions.core.store;

import java.util.Locale;

/// What a signing key may sign. One key each; the keys of groups are one, because every group's
/// role is delegated to on its own and can be given another key at any time.
public enum KeyRole {
  ROOT,
  TARGETS,
  SNAPSHOT,
  TIMESTAMP,
  GROUPS;

  /// What files, settings and operators call it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
