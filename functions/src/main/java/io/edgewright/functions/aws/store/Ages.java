package io.edgewright.functions.aws.store;

import java.time.Instant;

/// Sort keys by time: texts that sort as the instants do, with something behind that tells items of
/// the same instant apart.
final class Ages {
  /// More milliseconds than there will be, in as many digits.
  private static final long END = 999_999_999_999_999L;

  private Ages() {}

  static String oldestFirst(Instant at, String behind) {
    return digits(at.toEpochMilli()) + "/" + behind;
  }

  /// The instant in a sort key of [#oldestFirst].
  static long millis(String key) {
    return Long.parseLong(key.substring(0, key.indexOf('/')));
  }

  static String newestFirst(Instant at, String behind) {
    return digits(END - at.toEpochMilli()) + "/" + behind;
  }

  private static String digits(long number) {
    return String.format("%015d", number);
  }
}
