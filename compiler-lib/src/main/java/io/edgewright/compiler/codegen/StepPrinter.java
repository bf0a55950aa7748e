package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.Step;
import io.edgewright.compiler.schedule.loops.Pointer;
import java.util.ArrayList;
import java.util.List;

/// Prints the steps of a program as the C that runs them: calls, branches and loops, as they are
/// nested.
final class StepPrinter {
  private final CPrinter memory;
  private final List<String> lines = new ArrayList<>();
  private int loops;

  StepPrinter(CPrinter memory) {
    this.memory = memory;
  }

  /// One line of C each, to stand in the body of a function that has `call` and `parallel`.
  List<String> print(List<Step> steps) {
    steps.forEach(step -> print(1, step));
    return lines;
  }

  private void print(int depth, Step step) {
    switch (step) {
      case Step.Call(var function) ->
          line(
              depth,
              "ew_tasks(&call, parallel, %s, %d);".formatted(function.name(), function.tasks()));
      case Step.Branch(var condition, List<Step> then, List<Step> otherwise) -> {
        line(depth, "if (" + memory.element(condition) + ") {");
        then.forEach(inner -> print(depth + 1, inner));
        if (!otherwise.isEmpty()) {
          line(depth, "} else {");
          otherwise.forEach(inner -> print(depth + 1, inner));
        }
        line(depth, "}");
      }
      case Step.Repeat repeat -> {
        int number = loops++;
        String round = "*round" + number;
        declare(depth, "round" + number, repeat.counter());
        repeat.trips().ifPresent(trips -> declare(depth, "rounds" + number, trips));
        repeat.condition().ifPresent(condition -> declare(depth, "again" + number, condition));
        line(depth, "for (%s = 0; %s; ++%s) {".formatted(round, whileText(repeat, number), round));
        repeat.body().forEach(inner -> print(depth + 1, inner));
        line(depth, "}");
      }
    }
  }

  /// A variable for an address, so that the head of a loop can be read.
  private void declare(int depth, String name, Pointer pointer) {
    line(depth, memory.declaration(pointer, name));
  }

  private static String whileText(Step.Repeat repeat, int number) {
    List<String> terms = new ArrayList<>();
    if (repeat.most() < Long.MAX_VALUE) {
      terms.add("*round%d < %d".formatted(number, repeat.most()));
    }
    repeat.trips().ifPresent(_ -> terms.add("*round%1$d < *rounds%1$d".formatted(number)));
    repeat.condition().ifPresent(_ -> terms.add("*again" + number));
    return String.join(" && ", terms);
  }

  private void line(int depth, String line) {
    lines.add("  ".repeat(depth) + line);
  }
}
