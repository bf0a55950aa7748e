package io.edgewright.compiler.codegen;

import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The lines of `ew_infer` that read the shapes of what comes in, refuse those that the program
/// does not take, and write the shapes of what goes out.
final class ShapeChecks {
  private final List<String> numbers;
  private final Set<String> known = new HashSet<>();

  /// @param numbers names of what only a call knows, in the order of the array `numbers`
  ShapeChecks(List<String> numbers) {
    this.numbers = numbers;
  }

  List<String> checkInputs(List<Port> inputs) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      List<String> wrong = new ArrayList<>();
      List<Dimension> dimensions = inputs.get(i).shape().dimensions();
      for (int axis = 0; axis < dimensions.size(); axis++) {
        wrong.add(wrong("inputs[%d].shape[%d]".formatted(i, axis), dimensions.get(axis), lines));
      }
      if (!wrong.isEmpty()) {
        lines.add("  if (" + String.join(" ||\n      ", wrong) + ")");
        lines.add("    return EW_ERROR_SHAPE;");
      }
    }
    return lines;
  }

  /// When an extent is refused; the first that has a name says what it is in this run.
  private String wrong(String extent, Dimension dimension, List<String> lines) {
    return switch (dimension) {
      case Dimension.Fixed(long fixed) -> "%s != %d".formatted(extent, fixed);
      case Dimension.Symbol _ -> outside(extent, 1, Port.Image.LARGEST_SIDE);
      case Dimension.Bounded(Count count) -> {
        Count.Name name = count.name().orElseThrow();
        String number = number(name.text());
        if (known.add(name.text())) {
          lines.add("  %s = %s;".formatted(number, extent));
          yield outside(number, name.minimum(), name.maximum());
        }
        yield "%s != %s".formatted(extent, number);
      }
    };
  }

  private static String outside(String number, long least, long most) {
    return "%s < %d || %s > %d".formatted(number, least, number, most);
  }

  private String number(String name) {
    return "numbers[" + numbers.indexOf(name) + "]";
  }

  List<String> answerOutputs(List<Port> outputs) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      List<Dimension> dimensions = outputs.get(i).shape().dimensions();
      for (int axis = 0; axis < dimensions.size(); axis++) {
        String extent =
            switch (dimensions.get(axis)) {
              case Dimension.Fixed(long fixed) -> Long.toString(fixed);
              case Dimension.Symbol _ -> "counts[" + i + "]";
              case Dimension.Bounded(Count count) -> sum(count);
            };
        lines.add("  outputs[%d].shape[%d] = %s;".formatted(i, axis, extent));
      }
    }
    return lines;
  }

  private String sum(Count count) {
    List<String> products = new ArrayList<>();
    for (Count.Term term : count.terms()) {
      List<String> factors = new ArrayList<>();
      if (term.factor() != 1 || term.names().isEmpty()) {
        factors.add(Long.toString(term.factor()));
      }
      term.names().forEach(name -> factors.add(number(name.text())));
      products.add(String.join(" * ", factors));
    }
    return String.join(" + ", products);
  }
}
