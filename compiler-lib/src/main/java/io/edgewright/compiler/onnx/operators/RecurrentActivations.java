package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.maximum;
import static io.edgewright.compiler.onnx.operators.Formulas.minimum;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The activation functions of one direction of a recurrent operator, with the limit that their
/// arguments are clipped to.
///
/// @param formulas of input 0 each
record RecurrentActivations(List<Expression> formulas, ElementType type, OptionalDouble clip) {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private enum Function {
    RELU(NONE, NONE),
    TANH(NONE, NONE),
    SIGMOID(NONE, NONE),
    SOFTSIGN(NONE, NONE),
    SOFTPLUS(NONE, NONE),
    AFFINE(OptionalDouble.of(1), OptionalDouble.of(0)),
    LEAKYRELU(OptionalDouble.of(0.01f), NONE),
    THRESHOLDEDRELU(OptionalDouble.of(1), NONE),
    SCALEDTANH(OptionalDouble.of(1), OptionalDouble.of(1)),
    HARDSIGMOID(OptionalDouble.of(0.2f), OptionalDouble.of(0.5)),
    ELU(OptionalDouble.of(1), NONE);

    /// Defaults of the numbers that the function takes.
    private final OptionalDouble alpha;

    private final OptionalDouble beta;

    Function(OptionalDouble alpha, OptionalDouble beta) {
      this.alpha = alpha;
      this.beta = beta;
    }

    private Expression formula(Attributes attributes, ElementType type, double a, double b) {
      return switch (this) {
        case RELU -> Activations.relu(attributes, type);
        case TANH -> apply(ScalarFunction.TANH, x());
        case SIGMOID -> apply(ScalarFunction.SIGMOID, x());
        case SOFTSIGN -> Activations.softsign(attributes, type);
        case SOFTPLUS -> Activations.softplus(attributes, type);
        case AFFINE -> add(multiply(number(type, a), x()), number(type, b));
        case LEAKYRELU -> Activations.sloped(type, a);
        case THRESHOLDEDRELU -> Activations.above(type, a);
        case SCALEDTANH ->
            multiply(number(type, a), apply(ScalarFunction.TANH, multiply(number(type, b), x())));
        case HARDSIGMOID -> Activations.ramp(type, a, b);
        case ELU -> Activations.exponentialBelowZero(type, a);
      };
    }
  }

  /// The functions of all directions, in order. `activation_alpha` and `activation_beta` have a
  /// number for each function that takes one, in order.
  ///
  /// @param standard names of the functions of one direction
  static List<RecurrentActivations> read(OnnxNode node, int directions, List<String> standard) {
    Attributes attributes = node.attributes();
    ElementType type = node.input(0).type().element();
    List<String> names = names(attributes, directions, standard);
    Iterator<Float> alphas = attributes.reals("activation_alpha").orElse(List.of()).iterator();
    Iterator<Float> betas = attributes.reals("activation_beta").orElse(List.of()).iterator();
    OptionalDouble clip =
        attributes.has("clip")
            ? OptionalDouble.of(attributes.real("clip", 0))
            : OptionalDouble.empty();
    List<Expression> formulas = new ArrayList<>();
    for (String name : names) {
      Function function = function(attributes, name);
      double alpha = next(function.alpha, alphas);
      double beta = next(function.beta, betas);
      formulas.add(function.formula(attributes, type, alpha, beta));
    }
    List<RecurrentActivations> all = new ArrayList<>();
    for (int i = 0; i < formulas.size(); i += standard.size()) {
      all.add(new RecurrentActivations(formulas.subList(i, i + standard.size()), type, clip));
    }
    return all;
  }

  private static List<String> names(Attributes attributes, int directions, List<String> standard) {
    List<String> twice = new ArrayList<>(standard);
    if (directions == 2) {
      twice.addAll(standard);
    }
    List<String> names = attributes.texts("activations").orElse(twice);
    if (names.size() != twice.size()) {
      throw attributes.invalid(
          "activations",
          names.toString(),
          twice.size() + " names",
          "give the functions of each direction");
    }
    return names;
  }

  private static Function function(Attributes attributes, String name) {
    Optional<Function> found =
        Arrays.stream(Function.values())
            .filter(function -> function.name().equalsIgnoreCase(name))
            .findFirst();
    return found.orElseThrow(() ->
        attributes.invalid(
            "activations",
            "`" + name + "`",
            Arrays.toString(Function.values()),
            "use one of the functions that ONNX defines"));
  }

  private static double next(OptionalDouble standard, Iterator<Float> given) {
    if (standard.isEmpty()) {
      return 0;
    }
    return given.hasNext() ? given.next() : standard.getAsDouble();
  }

  /// Function number `index` of an argument that is not clipped.
  Expression unclipped(int index, Expression argument) {
    return formulas.get(index).substitute(_ -> argument);
  }

  /// Function number `index` of an argument.
  Expression of(int index, Expression argument) {
    Expression clipped =
        clip.isPresent()
            ? maximum(
                number(type, -clip.getAsDouble()),
                minimum(number(type, clip.getAsDouble()), argument))
            : argument;
    return formulas.get(index).substitute(_ -> clipped);
  }
}
