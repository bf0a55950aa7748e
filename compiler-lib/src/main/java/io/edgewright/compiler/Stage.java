package io.edgewright.compiler;

import java.util.Locale;

/// Where a compilation stands, for those who watch.
public enum Stage {
  READ,
  IMPORT,
  OPTIMISE,
  SCHEDULE,
  COMPILE,
  VERIFY,
  BUNDLE;

  /// The name in progress lines.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
