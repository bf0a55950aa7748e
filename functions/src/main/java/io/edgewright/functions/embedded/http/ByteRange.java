package io.edgewright.functions.embedded.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of an object, both ends included.
record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  long length() {
    return last - first + 1;
  }

  /// What a `Range` header asks for.
  sealed interface Wish {
    record Whole() implements Wish {}

    record Part(ByteRange range) implements Wish {}

    record Outside() implements Wish {}
  }

  /// One range is answered; several, or other units, are ignored, as RFC 9110 allows.
  static Wish of(Optional<String> header, long size) {
    Matcher range = ONE.matcher(header.map(String::strip).orElse(""));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return new Wish.Whole();
    }
    if (range.group(1).isEmpty()) {
      long length = Math.min(Long.parseLong(range.group(2)), size);
      return length == 0
          ? new Wish.Outside()
          : new Wish.Part(new ByteRange(size - length, size - 1));
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (last < first && !range.group(2).isEmpty()) {
      return new Wish.Whole();
    }
    return first >= size
        ? new Wish.Outside()
        : new Wish.Part(new ByteRange(first, Math.min(last, size - 1)));
  }
}
