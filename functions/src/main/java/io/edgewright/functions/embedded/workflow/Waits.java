package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.embedded.workflow.Machine.Until;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/// How long a wait still is.
final class Waits {
  private Waits() {}

  /// Never more than the seconds asked for, even if the clock was set back since it began.
  ///
  /// @param enteredAt when the wait began, maybe before a restart
  /// @throws WorkflowException when the file's expression gives no time
  static Duration left(Until until, Scope scope, Instant enteredAt, Instant now) {
    return switch (until) {
      case Until.Seconds(Template seconds) -> {
        Duration whole = seconds(seconds.evaluate(scope));
        Duration left = Duration.between(now, enteredAt.plus(whole));
        yield notNegative(left.compareTo(whole) > 0 ? whole : left);
      }
      case Until.Timestamp(Template timestamp) ->
          notNegative(Duration.between(now, timestamp(timestamp.evaluate(scope))));
    };
  }

  private static Duration notNegative(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static Duration seconds(JsonNode seconds) {
    if (!seconds.isNumber()
        || seconds.asDouble() != seconds.asLong()
        || seconds.asLong() < 0
        || seconds.asLong() > AslReader.LONGEST_SECONDS) {
      throw new WorkflowException(
          ErrorNames.QUERY_EVALUATION,
          "`Seconds` is "
              + seconds
              + ", not a whole number from 0 to "
              + AslReader.LONGEST_SECONDS);
    }
    return Duration.ofSeconds(seconds.asLong());
  }

  private static Instant timestamp(JsonNode timestamp) {
    try {
      return OffsetDateTime.parse(timestamp.asText()).toInstant();
    } catch (DateTimeException _) {
      throw new WorkflowException(
          ErrorNames.QUERY_EVALUATION,
          "`Timestamp` is " + timestamp + ", not a time such as 2026-03-14T01:59:00Z");
    }
  }
}
