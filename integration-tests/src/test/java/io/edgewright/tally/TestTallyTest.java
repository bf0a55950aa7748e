package io.edgewright.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.tally.SourceFile.Method;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTallyTest {
  private static final String REPORT =
      """
      <testsuite name="io.example.ShelfTest" tests="4">
        <testcase name="holdsABook" classname="io.example.ShelfTest" time="1,000.5"/>
        <testcase name="bends" classname="io.example.ShelfTest" time="0.1">
          <failure message="expected: 1&#10;but was: 2" type="x">at Shelf.java</failure>
        </testcase>
        <testcase name="burns" classname="io.example.ShelfTest" time="0">
          <error type="java.io.IOException">java.io.IOException: no match
            at Shelf.java</error>
        </testcase>
        <testcase name="" classname="io.example.FarShelfTest" time="0">
          <skipped>org.opentest4j.TestAbortedException: Assumption failed: needs a ladder
            at FarShelf.java</skipped>
        </testcase>
      </testsuite>
      """;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @Test
  void endsWithTheCountsAlone() throws IOException {
    boolean green = print(report(), List.of());

    assertThat(green).isFalse();
    assertThat(printedLines()).last().isEqualTo("1 passed, 2 failed, 1 skipped");
  }

  @Test
  void namesEachSkippedAndEachFailedTestWithItsReason() throws IOException {
    print(report(), List.of());

    assertThat(printedLines())
        .contains(
            "skipped  FarShelfTest: needs a ladder",
            "failed  ShelfTest.bends: expected: 1",
            "failed  ShelfTest.burns: java.io.IOException: no match");
  }

  @Test
  void saysOnceWhatManyTestsOfAClassSay() {
    String reason = "needs a ladder";
    print(
        List.of(
            new TestCase("FarShelfTest.reaches", TestCase.Outcome.SKIPPED, reason, 0),
            new TestCase("FarShelfTest.holds[2]", TestCase.Outcome.SKIPPED, reason, 0),
            new TestCase("FarShelfTest.bends", TestCase.Outcome.SKIPPED, "no wood", 0),
            new TestCase("ShelfTest.reaches", TestCase.Outcome.SKIPPED, reason, 0)),
        List.of());

    assertThat(printedLines())
        .contains(
            "skipped  FarShelfTest, 2 tests: needs a ladder",
            "skipped  FarShelfTest.bends: no wood",
            "skipped  ShelfTest.reaches: needs a ladder");
  }

  @Test
  void isNotGreenWhenNoTestRan() {
    boolean green = print(SurefireReports.read(folder.resolve("absent")), List.of());

    assertThat(green).isFalse();
    assertThat(printedLines()).contains("no test was executed");
  }

  @Test
  void listsWhatIsOverBudget() {
    var method = new Method("pour", 7, 31, 6);
    var file = new SourceFile("shelf", false, Path.of("Shelf.java"), 301, List.of(method));

    print(List.of(), List.of(file));

    assertThat(printedLines())
        .contains(
            "   301 lines  Shelf.java",
            "    31 lines  Shelf.java:7 pour",
            "     6 parameters  Shelf.java:7 pour");
  }

  private List<TestCase> report() throws IOException {
    Files.writeString(folder.resolve("TEST-io.example.ShelfTest.xml"), REPORT);
    Files.writeString(folder.resolve("io.example.ShelfTest.txt"), "not a report");
    return SurefireReports.read(folder);
  }

  private boolean print(List<TestCase> cases, List<SourceFile> files) {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new TestTally(out, Map.of("shelf", cases), new SizeTable(files)).print();
  }

  private List<String> printedLines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
