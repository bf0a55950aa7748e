package io.edgewright.tally;

import io.edgewright.tally.TestCase.Outcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints what the tests of all modules came to. The last line is `N passed, N failed, N skipped`.
///
/// Usage: `TestTally PROJECT MODULE...`. Exit status 1 when a test failed or none ran.
public final class TestTally {
  private final PrintStream out;
  private final Map<String, List<TestCase>> casesOfModule;
  private final SizeTable sizes;

  TestTally(PrintStream out, Map<String, List<TestCase>> casesOfModule, SizeTable sizes) {
    this.out = out;
    this.casesOfModule = casesOfModule;
    this.sizes = sizes;
  }

  public static void main(String[] arguments) {
    Path project = Path.of(arguments[0]);
    List<String> modules = List.of(arguments).subList(1, arguments.length);
    var casesOfModule = new LinkedHashMap<String, List<TestCase>>();
    for (String module : modules) {
      Path reports = project.resolve(module).resolve("target/surefire-reports");
      casesOfModule.put(module, SurefireReports.read(reports));
    }
    var sizes = new SizeTable(SourceTree.read(project, modules));
    boolean green = new TestTally(System.out, casesOfModule, sizes).print();
    System.exit(green ? 0 : 1);
  }

  /// Whether at least one test ran and none failed.
  boolean print() {
    printCases(Outcome.SKIPPED);
    printCases(Outcome.FAILED);
    printModules();
    sizes.print(out);
    out.println();
    long passed = count(all(), Outcome.PASSED);
    long failed = count(all(), Outcome.FAILED);
    if (passed + failed == 0) {
      out.println("no test was executed");
    }
    out.printf("%d passed, %d failed, %d skipped%n", passed, failed, count(all(), Outcome.SKIPPED));
    return failed == 0 && passed > 0;
  }

  /// One line each; tests of a class that say the same share a line.
  private void printCases(Outcome outcome) {
    String label = outcome.name().toLowerCase(Locale.ROOT);
    Map<Alike, List<TestCase>> alike = new LinkedHashMap<>();
    for (TestCase test : all()) {
      if (test.outcome() == outcome) {
        String owner = test.name().replaceFirst("\\..*", "");
        alike.computeIfAbsent(new Alike(owner, test.reason()), _ -> new ArrayList<>()).add(test);
      }
    }
    alike.forEach((key, tests) -> {
      String name =
          tests.size() == 1
              ? tests.getFirst().name()
              : "%s, %d tests".formatted(key.owner(), tests.size());
      out.printf("%s  %s: %s%n", label, name, key.reason());
    });
  }

  private record Alike(String owner, String reason) {}

  private void printModules() {
    String row = "%-18s %7s %7s %7s %8s %11s %11s%n";
    out.printf(
        "%n" + row, "module", "passed", "failed", "skipped", "seconds", "main lines", "test lines");
    casesOfModule.forEach((module, cases) ->
        out.printf(
            row,
            module,
            count(cases, Outcome.PASSED),
            count(cases, Outcome.FAILED),
            count(cases, Outcome.SKIPPED),
            Math.round(cases.stream().mapToDouble(TestCase::seconds).sum()),
            sizes.lines(module, false),
            sizes.lines(module, true)));
  }

  private List<TestCase> all() {
    var all = new ArrayList<TestCase>();
    casesOfModule.values().forEach(all::addAll);
    return all;
  }

  private static long count(List<TestCase> cases, Outcome outcome) {
    return cases.stream().filter(test -> test.outcome() == outcome).count();
  }
}
