package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.MemoryPlan;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.tensor.Dimension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The comment that a program begins with: what goes in and comes out, and who uses which bytes of
/// the arena when.
final class Heading {
  private final String name;
  private final String target;
  private final Program program;
  private final List<String> lines = new ArrayList<>();

  private Heading(String name, String target, Program program) {
    this.name = name;
    this.target = target;
    this.program = program;
  }

  static String of(
      String name, String target, Program program, List<Port> inputs, List<Port> outputs) {
    Heading heading = new Heading(name, target, program);
    heading.write(inputs, outputs);
    String comment = String.join("\n * ", heading.lines).replace(" \n", "\n");
    return "/* " + comment + " */\n\n";
  }

  private void write(List<Port> inputs, List<Port> outputs) {
    lines.add(CText.comment(name) + ", compiled by Edgewright for " + CText.comment(target) + ".");
    lines.add("");
    lines.add("Inputs of ew_run:");
    inputs.forEach(this::port);
    lines.add("Outputs:");
    outputs.forEach(this::port);
    lines.add("");
    memory();
  }

  private void port(Port port) {
    lines.add("  " + CText.comment(port.name()) + ": " + meaning(port));
  }

  private static String meaning(Port port) {
    return switch (port) {
      case Port.Raw(_, var element, var shape, _) -> element.text() + extents(shape.dimensions());
      case Port.Image(_, Port.Color color) ->
          "uint8[height, width, %d], a picture, %s, 0 to 255"
              .formatted(color.channels(), color.name().toLowerCase(Locale.ROOT));
      case Port.Classes(_, _, int count) ->
          "float32[%d, 2], rows of class and probability, the likeliest first".formatted(count);
      case Port.Detections(_, _, int maximum) ->
          "float32[found, 6], rows of x0, y0, x1, y1 (pixels), score, class, the best first, %d at most"
              .formatted(maximum);
    };
  }

  private static String extents(List<Dimension> dimensions) {
    return CText.comment(
        dimensions.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]")));
  }

  /// In the order in which the functions run.
  private void memory() {
    MemoryPlan memory = program.memory();
    if (memory.offsets().isEmpty()) {
      lines.add("The arena is not used.");
      return;
    }
    lines.add(
        "Arena, %d bytes. Values that do not live at the same time share bytes:"
            .formatted(memory.arenaBytes()));
    lines.add("  %10s %10s  %s".formatted("first byte", "bytes", "used"));
    memory.lifetimes().entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                (Map.Entry<Buffer, MemoryPlan.Lifetime> life) -> life.getValue().first()))
        .forEach(life ->
            lines.add(
                "  %10d %10d  %s"
                    .formatted(
                        memory.offset(life.getKey()),
                        life.getKey().bytes(),
                        span(life.getValue()))));
  }

  private String span(MemoryPlan.Lifetime life) {
    String first = function(life.first());
    return life.first() == life.last()
        ? "in " + first
        : "from " + first + " to " + function(life.last());
  }

  /// A loop that computes nothing still counts its rounds, and no function need come behind it.
  private String function(int index) {
    List<LoopFunction> functions = program.functions();
    return index < functions.size() ? functions.get(index).name() : "ew_run";
  }
}
