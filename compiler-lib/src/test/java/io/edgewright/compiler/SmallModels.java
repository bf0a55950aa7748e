package io.edgewright.compiler;

import static io.edgewright.compiler.onnx.TestModel.attribute;

import io.edgewright.compiler.onnx.TestModel;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Models small enough that their C can be read: one for each operator with loops of its own, and a
/// few whole networks.
public final class SmallModels {
  private static final long OPSET = 18;

  private SmallModels() {}

  /// @param manifest as JSON; empty where every tensor is raw
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Case(String name, byte[] model, String manifest) {
    /// Whether what calls the network's functions is to be seen too.
    boolean isWhole() {
      return Set.of("network_perceptron", "branch", "loop").contains(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// Every one.
  public static List<Case> all() {
    return List.of(
        raw("argument", input(2, 6).node("ArgMax", "x -> y", attribute("axis", 1))),
        raw("convolution", convolution()),
        raw("few_channels", fewChannels()),
        raw("depthwise", depthwise()),
        raw("elementwise", input(1, 12).node("Elu", "x -> a").node("Add", "a x -> y")),
        raw("gather", gather()),
        raw("matrix_product", input(3, 5).input("b", 5, 4).node("MatMul", "x b -> y")),
        raw(
            "pad",
            input(2, 3).initializer("pads", integers(0, 1, 0, 2)).node("Pad", "x pads -> y")),
        raw("pool", pool()),
        raw("reduce", input(2, 4, 6).initializer("a", integers(2)).node("ReduceMean", "x a -> y")),
        raw("resize", resize()),
        raw("softmax", input(2, 9).node("Softmax", "x -> y", attribute("axis", 1))),
        raw(
            "top_k",
            input(2, 6)
                .initializer("k", integers(3))
                .node("TopK", "x k -> y indices")
                .output("indices")),
        raw("quantized_convolution", SmallPrograms.quantizedConvolution()),
        raw("quantized_product", SmallPrograms.quantizedProduct()),
        raw("branch", SmallPrograms.branch()),
        raw("loop", SmallPrograms.loop()),
        raw("recurrent", SmallPrograms.recurrent()),
        raw("transposition", input(3, 4).node("Transpose", "x -> y")),
        raw("network_perceptron", perceptron()),
        raw("network_residual", residual()),
        new Case("network_classifier", classifier().output("y").bytes(), CLASSIFIER));
  }

  private static final String CLASSIFIER =
      """
      {
        "name": "network_classifier",
        "targets": ["raspberry-pi-3"],
        "inputs": {"x": {"kind": "image", "color": "rgb", "scale": 0.00392156862745098}},
        "outputs": {"kind": "classes", "top": 1, "labels": ["cat", "dog", "bird"]}
      }
      """;

  private static Case raw(String name, TestModel model) {
    return new Case(name, model.output("y").bytes(), "");
  }

  private static TestModel input(Object... extents) {
    return new TestModel(OPSET).input("x", extents);
  }

  private static TestModel convolution() {
    return input(1, 2, 6, 6)
        .initializer("w", floats(4, 2, 1, 1))
        .initializer("b", floats(4))
        .node("Conv", "x w b -> c", attribute("strides", List.of(2L, 2L)))
        .node("Relu", "c -> y");
  }

  /// A filter over a sound, as front ends of speech models have it.
  private static TestModel fewChannels() {
    return input(1, 1, 12).initializer("w", floats(1, 1, 8)).node("Conv", "x w -> y");
  }

  private static TestModel depthwise() {
    return input(1, 4, 5, 5)
        .initializer("w", floats(4, 1, 2, 2))
        .node("Conv", "x w -> y", attribute("group", 4));
  }

  private static TestModel gather() {
    return input(5, 4)
        .typedInput("indices", ElementType.INT64.onnxCode(), 3)
        .node("Gather", "x indices -> y");
  }

  private static TestModel pool() {
    return input(1, 4, 4, 4)
        .node(
            "MaxPool",
            "x -> y",
            attribute("kernel_shape", List.of(2L, 2L)),
            attribute("strides", List.of(2L, 2L)));
  }

  private static TestModel resize() {
    return input(1, 1, 2, 4)
        .initializer("scales", Tensor.ofFloats(Shape.of(4), 1, 1, 2, 2))
        .initializer("roi", Tensor.ofFloats(Shape.of(0)))
        .node("Resize", "x roi scales -> y", attribute("mode", "nearest"));
  }

  private static TestModel perceptron() {
    return input(1, 3)
        .initializer("w1", floats(3, 4))
        .initializer("b1", floats(4))
        .initializer("w2", floats(4, 2))
        .node("Gemm", "x w1 b1 -> a")
        .node("Tanh", "a -> h")
        .node("MatMul", "h w2 -> y");
  }

  private static TestModel residual() {
    return input(1, 4, 1, 2)
        .initializer("w", floats(4, 4, 1, 1))
        .node("Conv", "x w -> a")
        .node("Add", "a x -> s")
        .node("Relu", "s -> r")
        .node("GlobalAveragePool", "r -> y");
  }

  private static TestModel classifier() {
    return input(1, 3, 2, 2)
        .initializer("v", floats(3, 3))
        .node("Relu", "x -> a")
        .node("GlobalAveragePool", "a -> p")
        .node("Flatten", "p -> f")
        .node("MatMul", "f v -> y");
  }

  /// Numbers that are all different and exact.
  static Tensor floats(long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[Math.toIntExact(shape.elements())];
    IntStream.range(0, values.length).forEach(i -> values[i] = (i % 7 - 3) * 0.25f + i * 0x1p-6f);
    return Tensor.ofFloats(shape, values);
  }

  private static Tensor integers(long... values) {
    return Tensor.ofIntegers(ElementType.INT64, Shape.of(values.length), values);
  }
}
