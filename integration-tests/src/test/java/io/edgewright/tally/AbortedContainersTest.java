package io.edgewright.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.edgewright.tally.TestCase.Outcome;
import io.edgewright.testing.AbortedContainers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What the tally is told of tests that did not begin.
class AbortedContainersTest {
  @TempDir private Path reports;

  static class WithoutItsTool {
    @BeforeAll
    static void open() {
      assumeTrue(false, "needs <a ladder>");
    }

    @Test
    void reaches() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void holds(int books) {
      assertThat(books).isPositive();
    }
  }

  static class WithoutItsCases {
    static Stream<String> books() {
      assumeTrue(false, "needs books");
      return Stream.of();
    }

    @TestFactory
    Stream<DynamicTest> sorts() {
      return books().map(book -> DynamicTest.dynamicTest(book, () -> {}));
    }

    @ParameterizedTest
    @MethodSource("books")
    void bends(String book) {
      assertThat(book).isNotEmpty();
    }

    @Test
    void stands() {}
  }

  private List<TestCase> reported(Class<?> tests) {
    // Without the listener of the build's own tests, whose tally would have these as well.
    var alone = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    LauncherFactory.create(alone)
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            new AbortedContainers(Optional.of(reports)));
    return SurefireReports.read(reports);
  }

  private static TestCase skipped(String name, String reason) {
    return new TestCase("AbortedContainersTest$" + name, Outcome.SKIPPED, reason, 0);
  }

  @Test
  void namesEachTestOfAClassThatCouldNotBegin() {
    assertThat(reported(WithoutItsTool.class))
        .containsExactlyInAnyOrder(
            skipped("WithoutItsTool.reaches", "needs <a ladder>"),
            skipped("WithoutItsTool.holds", "needs <a ladder>"));
  }

  @Test
  void namesTestsWhoseCasesCouldNotBeHad() {
    assertThat(reported(WithoutItsCases.class))
        .containsExactlyInAnyOrder(
            skipped("WithoutItsCases.sorts", "needs books"),
            skipped("WithoutItsCases.bends", "needs books"));
  }
}
