package io.edgewright.compiler;

import io.edgewright.compiler.Plan.Figures;
import io.edgewright.compiler.Plan.TargetPlan;
import io.edgewright.compiler.onnx.OperatorUse;
import io.edgewright.compiler.report.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A plan as lines for people: the operators, then a row for each target.
///
/// ```
/// mobilenet: 3 operators in 31 nodes, all covered
///
/// target          weights     arena     FLOPs   latency   energy   compiling   verdict
/// raspberry-pi-4  1.9 MB   294.9 kB    27.7 M   1.85 ms  11.9 mJ   4 s $0.0003  ok
/// ```
final class PlanTable {
  private static final List<String> HEADINGS =
      List.of("target", "weights", "arena", "FLOPs", "latency", "energy", "compiling", "verdict");
  private static final String UNKNOWN = "-";
  private static final int MOST_NAMES = 20;

  private PlanTable() {}

  static String of(Plan plan) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
    plan.targets().forEach(target -> rows.add(row(target, plan.problems().size())));
    StringBuilder text = new StringBuilder(operators(plan)).append('\n');
    int[] widths =
        IntStream.range(0, HEADINGS.size())
            .map(column ->
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow())
            .toArray();
    rows.forEach(row -> text.append(line(row, widths)).append('\n'));
    return text.toString();
  }

  private static String operators(Plan plan) {
    int nodes = plan.operators().stream().mapToInt(OperatorUse::nodes).sum();
    List<OperatorUse> missing =
        plan.operators().stream().filter(use -> !use.uncovered().isEmpty()).toList();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d operators in %d nodes, %s\n",
            plan.name(),
            plan.operators().size(),
            nodes,
            missing.isEmpty() ? "all covered" : missing.size() + " not covered"));
    for (OperatorUse use : missing) {
      text.append("  not covered: ").append(use.operator()).append(" in ");
      text.append(String.join(", ", use.uncovered().stream().limit(MOST_NAMES).toList()));
      text.append(use.uncovered().size() > MOST_NAMES ? ", ...\n" : "\n");
    }
    return text.toString();
  }

  private static List<String> row(TargetPlan target, int shared) {
    int problems = target.problems().size() + shared;
    String verdict = problems == 0 ? "ok" : problems + (problems == 1 ? " problem" : " problems");
    if (target.figures().isEmpty()) {
      return List.of(target.id(), UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, verdict);
    }
    Figures figures = target.figures().get();
    CompilePrice compilation = figures.compilation();
    return List.of(
        target.id(),
        Quantity.bytes(figures.weightsBytes()),
        Quantity.bytes(figures.arenaBytes()),
        plain(Quantity.of((double) figures.flops(), "")),
        plain(Quantity.of(figures.latencyMillis() / 1000, "s")),
        plain(Quantity.of(figures.energyMillijoules() / 1000, "J")),
        String.format(Locale.ROOT, "%.0f s, $%.5f", compilation.seconds(), compilation.dollars()),
        verdict);
  }

  /// Letters that every terminal has.
  private static String plain(String quantity) {
    return quantity.replace('\u00b5', 'u').strip();
  }

  /// Text to the left, figures to the right.
  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      boolean text = column == 0 || column == row.size() - 1;
      String format = text ? "%-" + widths[column] + "s" : "%" + widths[column] + "s";
      line.append(String.format(Locale.ROOT, format, row.get(column))).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
