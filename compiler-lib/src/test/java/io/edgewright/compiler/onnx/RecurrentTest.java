package io.edgewright.compiler.onnx;

import static io.edgewright.compiler.onnx.TestModel.attribute;
import static io.edgewright.compiler.onnx.TestModel.reals;
import static io.edgewright.compiler.onnx.TestModel.words;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// LSTM, GRU and RNN with their attributes and optional inputs, against ONNX Runtime.
class RecurrentTest {
  private static final int FLOAT = 1;
  private static final int INPUTS = 3;
  private static final int UNITS = 5;

  /// @param wires inputs by their letters: X, W, R, B, L(engths), H, C, P(eepholes)
  record Case(
      String operator, String wires, int steps, int batch, List<AttributeProto> attributes) {
    private List<String> letters() {
      return Arrays.asList(wires.split(" ", -1));
    }

    private int directions() {
      return attributes.contains(attribute("direction", "bidirectional")) ? 2 : 1;
    }

    private int gates() {
      return operator.equals("LSTM") ? 4 : operator.equals("GRU") ? 3 : 1;
    }

    @Override
    public String toString() {
      List<String> names = attributes.stream().map(AttributeProto::getName).toList();
      return "%s %s, %d steps, %s".formatted(operator, wires, steps, names);
    }
  }

  static Stream<Case> cases() {
    AttributeProto both = attribute("direction", "bidirectional");
    AttributeProto back = attribute("direction", "reverse");
    return Stream.of(
        of("LSTM", "X W R", 4),
        of("LSTM", "X W R B", 1, attribute("clip", 0.3)),
        of("LSTM", "X W R B L H C P", 2, both),
        of("LSTM", "X W R B L H C P", 5, both, attribute("clip", 0.2)),
        of("LSTM", "X W R B - H", 5, back),
        of("LSTM", "X W R - L", 4, back, attribute("input_forget", 1)),
        of("LSTM", "X W R B - - - P", 3, words("activations", "HardSigmoid", "Softsign", "Relu")),
        of("GRU", "X W R", 4),
        of("GRU", "X W R B L H", 5, both),
        of("GRU", "X W R B L H", 5, both, attribute("linear_before_reset", 1)),
        of("GRU", "X W R", 3, attribute("linear_before_reset", 1), attribute("clip", 0.4)),
        of("GRU", "X W R B", 2, back, words("activations", "Sigmoid", "LeakyRelu")),
        of("RNN", "X W R", 1),
        of("RNN", "X W R B L H", 6, both, words("activations", "Tanh", "Relu")),
        of(
            "RNN",
            "X W R B",
            3,
            both,
            words("activations", "Affine", "ScaledTanh"),
            reals("activation_alpha", 0.5f, 0.75f),
            reals("activation_beta", 0.25f, 1.5f)),
        of("RNN", "X W R", 3, words("activations", "Softplus")),
        of("RNN", "X W R", 3, words("activations", "Elu"), reals("activation_alpha", 0.5f)),
        of(
            "RNN",
            "X W R",
            3,
            words("activations", "ThresholdedRelu"),
            reals("activation_alpha", 0.1f)));
  }

  private static Case of(String operator, String wires, int steps, AttributeProto... attributes) {
    return new Case(operator, wires, steps, 2, List.of(attributes));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatOnnxRuntimeGives(Case test) {
    List<AttributeProto> attributes = new ArrayList<>(test.attributes);
    attributes.add(attribute("hidden_size", UNITS));
    TestModel model = new TestModel(14);
    List<Tensor> inputs = new ArrayList<>();
    Random random = new Random(1);
    List<String> names = new ArrayList<>();
    for (String letter : test.letters()) {
      names.add(letter.equals("-") ? "" : letter);
      Shape shape = shape(test, letter);
      if (letter.equals("X") || letter.equals("H")) {
        model.typedInput(letter, FLOAT, boxed(shape));
        inputs.add(random(random, shape));
      } else if (letter.equals("L")) {
        model.typedInput(letter, ElementType.INT32.onnxCode(), boxed(shape));
        double[] lengths = {test.steps, Math.max(1, test.steps - 2)};
        inputs.add(Tensor.ofDoubles(ElementType.INT32, shape, lengths));
      } else if (!letter.equals("-")) {
        model.initializer(letter, random(random, shape));
      }
    }
    List<String> outputs =
        test.operator.equals("LSTM") ? List.of("Y", "YH", "YC") : List.of("Y", "YH");
    model.node(node ->
        node.setOpType(test.operator)
            .addAllInput(names)
            .addAllOutput(outputs)
            .addAllAttribute(attributes));
    outputs.forEach(output -> model.typedOutput(output, FLOAT));
    new RuntimeModel(model).agrees(inputs);
  }

  private static Shape shape(Case test, String letter) {
    long directions = test.directions();
    long rows = (long) test.gates() * UNITS;
    return switch (letter) {
      case "X" -> Shape.of(test.steps, test.batch, INPUTS);
      case "W" -> Shape.of(directions, rows, INPUTS);
      case "R" -> Shape.of(directions, rows, UNITS);
      case "B" -> Shape.of(directions, 2 * rows);
      case "L" -> Shape.of(test.batch);
      case "P" -> Shape.of(directions, 3 * UNITS);
      default -> Shape.of(directions, test.batch, UNITS);
    };
  }

  private static Object[] boxed(Shape shape) {
    return shape.dimensions().stream().map(d -> (Object) Long.valueOf(d.toString())).toArray();
  }

  private static Tensor random(Random random, Shape shape) {
    double[] values = random.doubles(shape.elements(), -0.9, 0.9).toArray();
    return Tensor.ofDoubles(ElementType.FLOAT32, shape, values);
  }
}
