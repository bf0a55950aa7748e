package io.edgewright.functions.core.store;

import java.util.Locale;

/// How far a compilation, or one of its targets, has come.
public enum State {
  QUEUED,
  RUNNING,
  /// Every target is done.
  DONE,
  /// Some targets are done, some failed. Only a compilation can be in this state.
  PARTIAL,
  FAILED,
  /// An operator stopped it before it was done.
  CANCELLED;

  public boolean isFinal() {
    return switch (this) {
      case QUEUED, RUNNING -> false;
      case DONE, PARTIAL, FAILED, CANCELLED -> true;
    };
  }

  /// The word that stores and answers use.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static State ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
