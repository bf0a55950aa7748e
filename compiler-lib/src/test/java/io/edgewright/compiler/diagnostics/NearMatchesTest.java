package io.edgewright.compiler.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearMatchesTest {
  private static final List<String> KNOWN = List.of("latencyMillis", "memoryBytes", "threads");

  @Test
  void findsTransposedAndMissingLetters() {
    assertThat(NearMatches.of("latencyMilis", KNOWN)).containsExactly("latencyMillis");
    assertThat(NearMatches.of("theards", KNOWN)).containsExactly("threads");
  }

  @Test
  void ignoresCase() {
    assertThat(NearMatches.of("MEMORYBYTES", KNOWN)).containsExactly("memoryBytes");
  }

  @Test
  void guessesNothingWhereMostLettersDiffer() {
    assertThat(NearMatches.of("watts", KNOWN)).isEmpty();
    assertThat(NearMatches.hint("watts", KNOWN, "remove it")).isEqualTo("remove it");
  }

  @Test
  void namesTheNearestFirst() {
    assertThat(NearMatches.hint("v3", List.of("v4x", "v33", "v31"), "-"))
        .isEqualTo("did you mean `v31` or `v33`");
  }

  @Test
  void boundsItsWorkOnLongNames() {
    assertThat(NearMatches.of("x".repeat(10_000_000), KNOWN)).isEmpty();
  }
}
