package io.edgewright.functions.embedded.store;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a page of rows begins: after the row of this time and id, in the order newest first.
record Cursor(long millis, String id) {
  private static final Cursor BEGINNING = new Cursor(Long.MAX_VALUE, "");

  /// An id is a digest: 64 hex digits of a compilation, 43 letters of a device.
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,15})\\.([0-9a-f]{64}|[A-Za-z0-9_-]{43})");

  /// @throws IllegalArgumentException when the text was not made by [#after]
  static Cursor of(Optional<String> text) {
    return text.map(Cursor::parse).orElse(BEGINNING);
  }

  private static Cursor parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a cursor: " + text);
    }
    return new Cursor(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /// The text with which the page after this row is asked for.
  static String after(Instant time, String id) {
    return time.toEpochMilli() + "." + id;
  }
}
