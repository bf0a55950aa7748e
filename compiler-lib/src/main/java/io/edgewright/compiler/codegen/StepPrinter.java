package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.Step;
import java.util.ArrayList;
import java.util.List;

/// Prints the steps of a program as the C that runs them: calls, branches and loops, as they are
/// nested.
final class StepPrinter {
  private final CPrinter memory;
  private final List<String> lines = new ArrayList<>();

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
        String counter = memory.element(repeat.counter());
        line(
            depth,
            "for (%s = 0; %s; ++%s) {".formatted(counter, whileText(repeat, counter), counter));
        repeat.body().forEach(inner -> print(depth + 1, inner));
        line(depth, "}");
      }
    }
  }

  private String whileText(Step.Repeat repeat, String counter) {
    List<String> terms = new ArrayList<>();
    if (repeat.most() < Long.MAX_VALUE) {
      terms.add(counter + " < " + repeat.most());
    }
    repeat.trips().ifPresent(trips -> terms.add(counter + " < " + memory.element(trips)));
    repeat.condition().ifPresent(condition -> terms.add(memory.element(condition)));
    return String.join(" && ", terms);
  }

  private void line(int depth, String line) {
    lines.add("  ".repeat(depth) + line);
  }
}
