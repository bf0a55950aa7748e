package io.edgewright.functions.handlers;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `Prefer: wait=SECONDS` (RFC 7240): hold the answer back until there is something to tell. What
/// cannot be read is ignored, as the RFC wants it.
///
/// @param longest how long this request waits at most; zero when it did not ask to
record Preference(Duration longest) {
  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?([0-9]{1,6})\"?(?=$|[,;\\s])");

  /// API Gateway ends a request after 29 s.
  private static final int LONGEST_SECONDS = 20;

  static Preference of(Request request) {
    Matcher wait = WAIT.matcher(request.header("prefer").orElse(""));
    int seconds = wait.find() ? Integer.parseInt(wait.group(1)) : 0;
    return new Preference(Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)));
  }

  /// Says in the answer how long this service was ready to wait.
  Answer applied(Answer answer) {
    return longest.isZero()
        ? answer
        : answer.with("preference-applied", "wait=" + longest.toSeconds());
  }
}
