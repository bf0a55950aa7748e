package io.edgewright.functions.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.report.Markup;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT-5S, just now",
    "PT9S, just now",
    "PT59S, 59 s ago",
    "PT60S, 1 min ago",
    "PT59M59S, 59 min ago",
    "PT60M, 1 h ago",
    "PT23H59M, 23 h ago",
    "P1D, 1 d ago",
    "P14D, on 15 Feb 2026",
  })
  void saysHowLongAgo(Duration age, String words) {
    Markup page = new Markup();
    new Moment(NOW).ago(page, NOW.minus(age));
    assertThat(page.toString())
        .contains("datetime=\"" + NOW.minus(age) + "\"")
        .contains(">" + words + "</time>");
  }

  @ParameterizedTest
  @CsvSource({"PT0.85S, 850 ms", "PT4.24S, 4.2 s", "PT3M5S, 3 min 5 s"})
  void saysHowLong(Duration span, String words) {
    assertThat(Moment.length(span)).isEqualTo(words);
  }
}
