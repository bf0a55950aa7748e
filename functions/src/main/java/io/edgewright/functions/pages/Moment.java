package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Times as people read them, seen from the moment of the request.
record Moment(Instant now) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// How long ago it was; the exact time is in the element.
  void ago(Markup page, Instant then) {
    Instant second = then.truncatedTo(ChronoUnit.SECONDS);
    page.tags("<time")
        .attribute("datetime", second.toString())
        .attribute("title", second.toString())
        .tags(">")
        .text(words(Duration.between(then, now), then))
        .tags("</time>");
  }

  private static String words(Duration age, Instant then) {
    if (age.toSeconds() < 10) {
      return "just now";
    }
    if (age.toSeconds() < 60) {
      return age.toSeconds() + " s ago";
    }
    if (age.toMinutes() < 60) {
      return age.toMinutes() + " min ago";
    }
    if (age.toHours() < 24) {
      return age.toHours() + " h ago";
    }
    return age.toDays() < 14 ? age.toDays() + " d ago" : "on " + DAY.format(then);
  }

  /// Such as `850 ms`, `4.2 s` or `3 min 5 s`.
  static String length(Duration span) {
    if (span.toMillis() < 1000) {
      return span.toMillis() + " ms";
    }
    return span.toSeconds() < 60
        ? String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0)
        : span.toMinutes() + " min " + span.toSecondsPart() + " s";
  }
}
