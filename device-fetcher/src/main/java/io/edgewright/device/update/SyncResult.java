package io.edgewright.device.update;

import java.util.Optional;

/**
 * How a sync ended when nothing went wrong.
 *
 * @param bundle the name and the digest of the active bundle; empty when there is none
 */
public record SyncResult(Kind kind, Optional<String> bundle, Optional<SelfTest.Result> selfTest) {
  /** What there was to do. */
  public enum Kind {
    NOTHING_NEW("nothing new"),
    NOTHING_DEPLOYED("nothing is deployed to this device"),
    UP_TO_DATE("the deployed bundle is already active"),
    ACTIVATED("a new bundle is active");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
