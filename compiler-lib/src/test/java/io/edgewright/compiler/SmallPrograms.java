package io.edgewright.compiler;

import static io.edgewright.compiler.onnx.TestModel.attribute;

import io.edgewright.compiler.onnx.TestModel;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.stream.IntStream;

/// Small models of what is more than loops over floats: sums of bytes, branches, loops of the model
/// and recurrent networks.
final class SmallPrograms {
  private static final long OPSET = 18;
  private static final int FLOAT = ElementType.FLOAT32.onnxCode();
  private static final int INT64 = ElementType.INT64.onnxCode();
  private static final int BOOL = ElementType.BOOL.onnxCode();
  private static final int UINT8 = ElementType.UINT8.onnxCode();

  private SmallPrograms() {}

  static TestModel quantizedConvolution() {
    return quantized(1, 2, 2, 2)
        .initializer("w", bytes(4, 2, 1, 1))
        .node("QLinearConv", "x x_scale x_zero w w_scale w_zero y_scale y_zero -> y");
  }

  static TestModel quantizedProduct() {
    return quantized(2, 8)
        .initializer("w", bytes(8, 4))
        .node("QLinearMatMul", "x x_scale x_zero w w_scale w_zero y_scale y_zero -> y");
  }

  private static TestModel quantized(Object... extents) {
    return new TestModel(OPSET)
        .typedInput("x", UINT8, extents)
        .initializer("x_scale", scalar(0.5f))
        .initializer("x_zero", Tensor.ofIntegers(ElementType.UINT8, Shape.SCALAR, 3))
        .initializer("w_scale", scalar(0.25f))
        .initializer("w_zero", Tensor.ofIntegers(ElementType.INT8, Shape.SCALAR, 0))
        .initializer("y_scale", scalar(2))
        .initializer("y_zero", Tensor.ofIntegers(ElementType.UINT8, Shape.SCALAR, 128));
  }

  /// One of two branches, as an input says.
  static TestModel branch() {
    TestModel then = new TestModel(OPSET).node("Mul", "x w -> t").output("t");
    TestModel otherwise = new TestModel(OPSET).node("Neg", "x -> f").output("f");
    return new TestModel(OPSET)
        .typedInput("c", BOOL)
        .input("x", 2, 3)
        .initializer("w", Tensor.ofFloats(Shape.of(3), 1, 2, 3))
        .node("If", "c -> y", attribute("then_branch", then), attribute("else_branch", otherwise));
  }

  /// A square root by Newton's method, until it changes little.
  static TestModel loop() {
    TestModel body =
        new TestModel(OPSET)
            .typedInput("i", INT64)
            .typedInput("go", BOOL)
            .typedInput("r", FLOAT)
            .node("Div", "x r -> q")
            .node("Add", "q r -> s")
            .node("Mul", "s half -> next")
            .node("Sub", "next r -> d")
            .node("Abs", "d -> change")
            .node("Less", "small change -> again")
            .typedOutput("again", BOOL)
            .typedOutput("next", FLOAT);
    return new TestModel(OPSET)
        .input("x")
        .initializer("half", scalar(0.5f))
        .initializer("small", scalar(0x1p-13f))
        .node("Loop", "- - x -> y", attribute("body", body));
  }

  /// Three steps of a network of two units that reads four numbers a step.
  static TestModel recurrent() {
    return new TestModel(OPSET)
        .input("x", 3, 1, 4)
        .initializer("w", SmallModels.floats(1, 2, 4))
        .initializer("r", SmallModels.floats(1, 2, 2))
        .node("RNN", "x w r -> y", attribute("hidden_size", 2));
  }

  private static Tensor scalar(float value) {
    return Tensor.ofFloats(Shape.SCALAR, value);
  }

  /// Weights between -4 and 4.
  private static Tensor bytes(long... extents) {
    Shape shape = Shape.of(extents);
    int count = Math.toIntExact(shape.elements());
    long[] values = IntStream.range(0, count).mapToLong(i -> i % 9 - 4).toArray();
    return Tensor.ofIntegers(ElementType.INT8, shape, values);
  }
}
