package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Operators on quantized numbers against ONNX Runtime: products must agree to the bit, functions
/// that ONNX Runtime computes in another order of roundings to one step. So do the reference and
/// what is compiled.
@Tag("slow")
class QuantizedOperatorsTest {
  private static final String MICROSOFT = "com.microsoft";

  private static final AttributeProto PADS = TestModel.attribute("pads", List.of(1L, 0L, 2L, 1L));
  private static final AttributeProto THREE_GROUPS = TestModel.attribute("group", 3);

  private final Random random = new Random(5);

  static Stream<Arguments> products() {
    return Stream.of(
        product("", "ConvInteger", "x filters x_zero"),
        product("", "QLinearConv", "x x_scale x_zero filters f_scale f_zero y_scale y_zero bias"),
        product("", "QLinearConv", "x x_scale x_zero filters x_scale y_zero8 y_scale y_zero"),
        product("", "ConvInteger", "x u_filters x_zero u_zero"),
        product("", "ConvInteger", "x u_filters x_zero u_zero", PADS),
        product("", "ConvInteger", "x group_filters x_zero u_zero", PADS, THREE_GROUPS),
        product("", "ConvInteger", "x u_filters x_zero"),
        product("", "MatMulInteger", "x u_matrix"),
        product("", "MatMulInteger", "x u_matrix x_zero u_zero"),
        product("", "MatMulInteger", "x u_matrix x_zero u_zeros"),
        product("", "MatMulInteger", "x matrix x_zero m_zero"),
        product("", "MatMulInteger", "x matrix"),
        product("", "QLinearMatMul", "x x_scale x_zero matrix x_scale m_zero y_scale y_zero"),
        product(MICROSOFT, "QGemm", "row x_scale x_zero matrix x_scale m_zero c y_scale y_zero"),
        product(MICROSOFT, "QGemm", "row x_scale x_zero matrix x_scale m_zero"),
        product(MICROSOFT, "MatMulIntegerToFloat", "x matrix x_scale x_scale x_zero m_zero c_real"),
        product(MICROSOFT, "DynamicQuantizeMatMul", "real matrix x_scale m_zero c_real"));
  }

  static Stream<Arguments> functions() {
    String twice = "x x_scale x_zero x y_scale y_zero y_scale x_zero";
    String once = "x x_scale x_zero y_scale y_zero";
    return Stream.of(
        function("QLinearAdd", twice),
        function("QLinearMul", twice),
        function("QLinearSigmoid", once),
        function("QLinearLeakyRelu", once),
        function("QLinearGlobalAveragePool", once),
        function("QLinearGlobalAveragePool", once, TestModel.attribute("channels_last", 1)),
        function(
            "QLinearAveragePool",
            once,
            TestModel.attribute("kernel_shape", List.of(3L, 2L)),
            TestModel.attribute("pads", List.of(1L, 0L, 1L, 1L))),
        function(
            "QLinearSoftmax",
            once,
            TestModel.attribute("axis", 1),
            TestModel.attribute("opset", 13)),
        function(
            "QLinearConcat",
            "y_scale y_zero x x_scale x_zero x y_scale x_zero",
            TestModel.attribute("axis", 2)),
        function("DequantizeLinear", "x x_scale x_zero"),
        function("QuantizeLinear", "real y_scale y_zero"));
  }

  private static Arguments product(
      String domain, String operator, String inputs, AttributeProto... attributes) {
    return Arguments.of(domain, operator, inputs, List.of(attributes));
  }

  private static Arguments function(String operator, String inputs, AttributeProto... attributes) {
    return Arguments.of(MICROSOFT, operator, inputs, List.of(attributes));
  }

  @ParameterizedTest
  @MethodSource("products")
  void productsAreExact(
      String domain, String operator, String inputs, List<AttributeProto> attributes) {
    for (ElementType type : List.of(ElementType.UINT8, ElementType.INT8)) {
      boolean quantized = inputs.contains("y_scale") || !domain.equals(MICROSOFT);
      compare(model(domain, operator, inputs, attributes, type), quantized ? 0 : 1e-5);
    }
  }

  /// The zero point is computed from the numbers themselves.
  @ParameterizedTest
  @CsvSource({"filters,m_zero,0", "filters,m_zero,1", "u_filters,u_zero,0", "u_filters,u_zero,1"})
  void convolutionsWithAZeroPointOfRunTimeAreExact(String filters, String zero, int pad) {
    Map<String, Tensor> tensors = tensors(ElementType.UINT8);
    Tensor given = reals(2, 3, 5, 4);
    TestModel model =
        new TestModel(17)
            .input("real", 2, 3, 5, 4)
            .initializer("filters", Objects.requireNonNull(tensors.get(filters)))
            .initializer("zero", Objects.requireNonNull(tensors.get(zero)))
            .node("DynamicQuantizeLinear", "real -> x scale x_zero")
            .node(
                "ConvInteger",
                "x filters x_zero zero -> y",
                TestModel.attribute("pads", Collections.nCopies(4, (long) pad)))
            .output("y");
    compare(new Model(model.proto().build(), "real", given), 0);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functionsAgreeToOneStep(
      String domain, String operator, String inputs, List<AttributeProto> attributes) {
    compare(model(domain, operator, inputs, attributes, ElementType.UINT8), 1);
  }

  private record Model(ModelProto proto, String input, Tensor given) {}

  /// The first of the inputs is given when the model runs; the others are constants.
  private Model model(
      String domain,
      String operator,
      String inputs,
      List<AttributeProto> attributes,
      ElementType type) {
    List<String> names = Arrays.asList(inputs.split(" ", -1));
    Map<String, Tensor> tensors = tensors(type);
    TestModel model = new TestModel(17);
    String input =
        names.stream().filter(List.of("x", "row", "real")::contains).findFirst().orElseThrow();
    Tensor given = Objects.requireNonNull(tensors.get(input));
    List<Object> extents = new ArrayList<>();
    Arrays.stream(given.shape().extents()).forEach(extents::add);
    model.typedInput(input, given.element().onnxCode(), extents.toArray());
    names.stream()
        .distinct()
        .filter(name -> !name.equals(input))
        .forEach(name -> model.initializer(name, Objects.requireNonNull(tensors.get(name))));
    model.node(node ->
        node.setOpType(operator)
            .setDomain(domain)
            .addAllInput(names)
            .addOutput("y")
            .addAllAttribute(attributes));
    model.output("y");
    ModelProto proto =
        model
            .proto()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
            .build();
    return new Model(proto, input, given);
  }

  private Map<String, Tensor> tensors(ElementType type) {
    boolean signed = type == ElementType.INT8;
    return Map.ofEntries(
        Map.entry("x", bytes(type, 2, 3, 5, 4)),
        Map.entry("row", bytes(type, 6, 4)),
        Map.entry("real", reals(2, 3, 5, 4)),
        Map.entry("filters", bytes(ElementType.INT8, 6, 3, 3, 2)),
        Map.entry("matrix", bytes(ElementType.INT8, 4, 7)),
        Map.entry("u_filters", bytes(ElementType.UINT8, 6, 3, 3, 2)),
        Map.entry("group_filters", bytes(ElementType.UINT8, 6, 1, 3, 2)),
        Map.entry("u_matrix", bytes(ElementType.UINT8, 4, 7)),
        Map.entry("u_zero", Tensor.ofIntegers(ElementType.UINT8, Shape.SCALAR, 30)),
        Map.entry(
            "u_zeros", Tensor.ofIntegers(ElementType.UINT8, Shape.of(7), 1, 9, 99, 3, 200, 7, 0)),
        Map.entry("c", Tensor.ofIntegers(ElementType.INT32, Shape.of(7), 5, 4, -300, 2, 1, 0, 9)),
        Map.entry("c_real", reals(7)),
        Map.entry(
            "bias", Tensor.ofIntegers(ElementType.INT32, Shape.of(6), 99, 4, -3000, 2, 1000, 0)),
        Map.entry("x_scale", Tensor.ofFloats(Shape.SCALAR, 0.031f)),
        Map.entry(
            "f_scale", Tensor.ofFloats(Shape.of(6), 0.01f, 0.02f, 0.007f, 0.1f, 0.03f, 0.05f)),
        Map.entry("y_scale", Tensor.ofFloats(Shape.SCALAR, 0.17f)),
        Map.entry("x_zero", Tensor.ofIntegers(type, Shape.SCALAR, signed ? -7 : 119)),
        Map.entry("y_zero", Tensor.ofIntegers(type, Shape.SCALAR, signed ? 3 : 131)),
        Map.entry("y_zero8", Tensor.ofIntegers(ElementType.INT8, Shape.SCALAR, 0)),
        Map.entry("m_zero", Tensor.ofIntegers(ElementType.INT8, Shape.SCALAR, 0)),
        Map.entry("f_zero", Tensor.ofIntegers(ElementType.INT8, Shape.of(6), new long[6])));
  }

  private Tensor bytes(ElementType type, long... extents) {
    Shape shape = Shape.of(extents);
    int least = type == ElementType.INT8 ? -128 : 0;
    return Tensor.ofIntegers(
        type, shape, random.ints(shape.elements(), least, least + 256).asLongStream().toArray());
  }

  private Tensor reals(long... extents) {
    Shape shape = Shape.of(extents);
    return Tensor.ofDoubles(
        ElementType.FLOAT32, shape, random.doubles(shape.elements(), -9, 9).toArray());
  }

  private static void compare(Model model, double tolerance) {
    byte[] bytes = model.proto().toByteArray();
    Graph graph = GraphImporter.read(OnnxReader.read(bytes), Map.of());
    Tensor got = Interpreter.run(graph, List.of(model.given())).getFirst();
    Tensor want = OnnxRuntimeModel.run(bytes, model.input(), model.given(), got.type());
    assertThat(OnnxCase.maximumError(want, got)).isLessThanOrEqualTo(tolerance);
    try (CompiledGraph compiled = CompiledGraph.of(PassList.run(graph), "x86-64-v3")) {
      Tensor fast = compiled.run(List.of(model.given())).getFirst();
      assertThat(OnnxCase.maximumError(want, fast)).isLessThanOrEqualTo(tolerance);
    }
  }
}
