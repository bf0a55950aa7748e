package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every problem that a model can have, as its owner reads it.
class ModelProblemsTest {
  @Test
  void saysWhatBytesLookLike() {
    assertThat(unreadable("\u0089PNG\r\n\u001a\n")).isEqualTo("a PNG picture");
    assertThat(unreadable("PK\u0003\u0004rest")).isEqualTo("a zip archive");
    assertThat(unreadable("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"))
        .isEqualTo("a git-lfs pointer");
    assertThat(unreadable("\n<!DOCTYPE html><html>")).isEqualTo("an HTML or XML page");
    assertThat(unreadable("\u001c\0\0\0TFL3\u0014\0 ")).isEqualTo("a TensorFlow Lite model");
    assertThat(unreadable("\u0010\0\0\0\0\0\0\0{\"w\":{\"dtype\"")).isEqualTo("a safetensors file");
    assertThat(unreadable("# Model card\n\nThis is a model.")).isEqualTo("text");
    assertThat(unreadable("\u0007\u0007\u0007\u0007")).startsWith("bytes that are no protobuf");
  }

  private static String unreadable(String bytes) {
    Problem problem = problem(bytes.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problem.code()).isEqualTo(ErrorCode.MODEL_UNREADABLE);
    return problem.seen();
  }

  @Test
  void saysThatAFileIsCutOff() {
    byte[] whole = relu().bytes();
    Problem problem = problem(Arrays.copyOf(whole, whole.length - 5));
    assertThat(problem.code()).isEqualTo(ErrorCode.MODEL_UNREADABLE);
    assertThat(problem.seen()).startsWith("protobuf that ends in the middle");
  }

  @Test
  void wantsAGraph() {
    assertThat(problem(new byte[0]).seen()).isEqualTo("an empty file");
    assertThat(problem(new byte[] {8, 8}).code()).isEqualTo(ErrorCode.MODEL_WITHOUT_GRAPH);
  }

  @Test
  void saysWhichOpsetIsTheNewest() {
    Problem problem = problem(new TestModel(999).input("x", 1).node("Relu", "x -> y").output("y"));
    assertThat(problem.code()).isEqualTo(ErrorCode.OPSET_UNSUPPORTED);
    assertThat(problem.allowed()).contains("1 to " + OnnxReader.NEWEST_OPSET);
    assertThat(problem(relu().proto().clearOpsetImport().build().toByteArray()).seen())
        .isEqualTo("no opset_import for the standard operators");
    assertThat(problem(relu().proto().setIrVersion(99).build().toByteArray()).seen())
        .isEqualTo("IR version 99");
  }

  @Test
  void namesEveryUnsupportedOperatorOnceWithItsNodes() {
    TestModel model =
        new TestModel(17)
            .input("x", 1)
            .node("Bernoulli", "x -> a")
            .node("Relu", "a -> b")
            .node("Bernoulli", "b -> c")
            .node("Sofmax", "c -> y")
            .output("y");
    List<Problem> problems = problems(model.bytes());
    assertThat(problems).extracting(Problem::code).containsOnly(ErrorCode.OPERATOR_UNSUPPORTED);
    assertThat(problems).hasSize(2);
    assertThat(problems.getFirst().seen())
        .isEqualTo("operator `Bernoulli` (opset 17) in 2 nodes: `the_Bernoulli`, `the_Bernoulli`");
    assertThat(problems.getLast().hint()).contains("did you mean `Softmax`");
  }

  @Test
  void saysFromWhichOpsetOnAnOperatorExists() {
    TestModel model = new TestModel(13).input("x", 1).node("Gelu", "x -> y").output("y");
    assertThat(problem(model).allowed()).isEqualTo("this operator from opset 20 on");
  }

  @Test
  void refusesAttributesThatItDoesNotKnow() {
    TestModel model =
        new TestModel(17)
            .input("x", 1)
            .node("Relu", "x -> y", TestModel.attribute("negative_slope", 1))
            .output("y");
    Problem problem = problem(model);
    assertThat(problem.code()).isEqualTo(ErrorCode.OPERATOR_UNSUPPORTED);
    assertThat(problem.where().text())
        .isEqualTo("node `the_Relu` (Relu), attribute `negative_slope`");
  }

  @Test
  void refusesAttributesOfAnotherType() {
    TestModel model =
        new TestModel(17)
            .input("x", 1)
            .node("Softmax", "x -> y", TestModel.attribute("axis", "last"))
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.OPERATOR_INVALID);
  }

  @Test
  void refusesGraphsThatAreNone() {
    TestModel cycle =
        new TestModel(17).input("x", 1).node("Add", "x b -> a").node("Neg", "a -> b").output("b");
    assertThat(problem(cycle).code()).isEqualTo(ErrorCode.GRAPH_INVALID);
    TestModel ghost = new TestModel(17).input("x", 1).node("Add", "x ghost -> y").output("y");
    assertThat(problem(ghost).seen()).isEqualTo("reads `ghost`, which nothing makes");
    assertThat(problem(new TestModel(17).input("x", 1)).seen())
        .isEqualTo("a graph without outputs");
  }

  @Test
  void sortsNodesThatAreOutOfOrder() {
    TestModel model =
        new TestModel(17).input("x", 1).node("Neg", "a -> y").node("Abs", "x -> a").output("y");
    assertThat(GraphImporter.read(OnnxReader.read(model.bytes()), Map.of()).nodes()).hasSize(2);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    TestModel model =
        new TestModel(17).input("x", 2, 3).input("w", 4, 5).node("MatMul", "x w -> y").output("y");
    Problem problem = problem(model);
    assertThat(problem.code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
    assertThat(problem.where().text()).isEqualTo("node `the_MatMul` (MatMul)");
    assertThat(
            problem(new TestModel(17).input("x", 2).node("Relu", "x -> y").output("y", 3)).seen())
        .isEqualTo("declared as element type 1 [3], computed as float32[2]");
  }

  @Test
  void refusesTypesThatNoTensorHas() {
    TestModel model =
        new TestModel(17).typedInput("x", 8, 3).node("Identity", "x -> y").output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
    assertThat(problem(model).seen()).isEqualTo("element type string");
  }

  @Test
  void saysHowToGiveADimensionItsNumber() {
    TestModel model =
        new TestModel(17).input("x", "batch", "", 3).node("Relu", "x -> y").output("y");
    List<Problem> problems = problems(model.bytes());
    assertThat(problems).extracting(Problem::code).containsOnly(ErrorCode.DIMENSION_UNBOUND);
    assertThat(problems.getFirst().hint()).contains("--dim batch=1", "\"dims\": {\"batch\": 1}");
    assertThat(problems.getFirst().hint()).contains("--dim batch=..8", "{\"maximum\": 8}");
    assertThat(problems.getLast().hint()).contains("--dim x.1=1");
  }

  @Test
  void saysWhichOperatorCannotTakeADimensionOfARun() {
    TestModel model =
        new TestModel(17)
            .input("x", 1, 3, 8, "width")
            .initializer("w", Tensor.ofFloats(Shape.of(1, 3, 3, 3), new float[27]))
            .node("Conv", "x w -> y")
            .output("y");
    Map<String, Dimension> dims = Map.of("width", Dimension.range("width", 64));
    Problem problem = problems(model.bytes(), dims).getFirst();
    assertThat(problem.code()).isEqualTo(ErrorCode.OPERATOR_UNSUPPORTED);
    assertThat(problem.where().text()).contains("the_Conv", "Conv");
    assertThat(problem.seen()).contains("dimension `width`");
    assertThat(problem.hint()).contains("`dims`");
  }

  @Test
  void listsTheDimensionsThatAModelHas() {
    TestModel model = new TestModel(17).input("x", "batch", 3).node("Relu", "x -> y").output("y");
    List<Problem> problems =
        problems(model.bytes(), Map.of("batch", Dimension.of(1), "bach", Dimension.of(1)));
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo(ErrorCode.DIMENSION_UNKNOWN);
    assertThat(problems.getFirst().allowed()).isEqualTo("`batch`");
    assertThat(problems(model.bytes(), Map.of("batch", Dimension.of(0))).getFirst().seen())
        .isEqualTo("the number 0");
  }

  @Test
  void refusesInitializersThatAreNotWhole() {
    TensorProto half =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(4)
            .setRawData(ByteString.copyFrom(new byte[12]))
            .build();
    Problem problem = problem(withWeights(half));
    assertThat(problem.code()).isEqualTo(ErrorCode.INITIALIZER_INVALID);
    assertThat(problem.seen()).isEqualTo("12 bytes for float32[4]");
  }

  @Test
  void neverOpensAFileThatAModelNames() {
    TensorProto outside =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(4)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
            .build();
    Problem problem = problem(withWeights(outside));
    assertThat(problem.code()).isEqualTo(ErrorCode.EXTERNAL_DATA);
    assertThat(problem.hint()).contains("one file");
  }

  private static TestModel withWeights(TensorProto weights) {
    return new TestModel(17).input("x", 4).initializer(weights).node("Add", "x w -> y").output("y");
  }

  @Test
  void limitsWhatAFewBytesCanBecome() {
    assertThat(code(repeated(0x72, 4_000_001))).isEqualTo(ErrorCode.MODEL_TOO_LARGE);
    assertThat(code(inGraph(0x0A, 50_001))).isEqualTo(ErrorCode.TOO_MANY_NODES);
    assertThat(code(inGraph(0x2A, 50_001))).isEqualTo(ErrorCode.TOO_MANY_INITIALIZERS);
    assertThat(code(nested(100))).isEqualTo(ErrorCode.NESTING_TOO_DEEP);
  }

  /// A length-delimited field with nothing in it, again and again.
  private static byte[] repeated(int tag, int times) {
    byte[] bytes = new byte[2 * times];
    for (int i = 0; i < times; i++) {
      bytes[2 * i] = (byte) tag;
    }
    return bytes;
  }

  private static byte[] inGraph(int tag, int times) {
    return delimited(0x3A, repeated(tag, times));
  }

  private static byte[] delimited(int tag, byte[] content) {
    int length = content.length;
    byte[] bytes = new byte[length + 5];
    bytes[0] = (byte) tag;
    for (int i = 0; i < 4; i++) {
      bytes[i + 1] = (byte) ((length >> (7 * i) & 0x7F) | (i < 3 ? 0x80 : 0));
    }
    System.arraycopy(content, 0, bytes, 5, length);
    return bytes;
  }

  /// A graph in an attribute of a node of a graph in an attribute...
  private static byte[] nested(int depth) {
    byte[] graph = new byte[0];
    for (int i = 0; i < depth; i++) {
      graph = delimited(0x0A, delimited(0x2A, delimited(0x32, graph)));
    }
    return delimited(0x3A, graph);
  }

  @Test
  void limitsTensors() {
    TestModel huge = new TestModel(17).input("x", 1 << 20, 1 << 20).node("Relu", "x -> y");
    assertThat(problem(huge.output("y")).code()).isEqualTo(ErrorCode.TENSOR_TOO_LARGE);
    TestModel deep =
        new TestModel(17).input("x", 1, 1, 1, 1, 1, 1, 1, 1, 1).node("Relu", "x -> y").output("y");
    assertThat(problem(deep).code()).isEqualTo(ErrorCode.RANK_TOO_HIGH);
  }

  @Test
  void limitsNames() {
    String name = String.join("", Collections.nCopies(2000, "n"));
    TestModel model = new TestModel(17).input(name, 1).node("Relu", name + " -> y").output("y");
    Problem problem = problem(model);
    assertThat(problem.code()).isEqualTo(ErrorCode.NAME_TOO_LONG);
    assertThat(problem.sentence()).hasSizeLessThan(300);
  }

  @Test
  void limitsWhatIsComputedWhenCompiling() {
    TestModel model =
        new TestModel(17)
            .initializer("shape", Tensor.ofLongs(Shape.of(1), 100_000_000))
            .node("ConstantOfShape", "shape -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.FOLDING_TOO_LARGE);
  }

  private static TestModel relu() {
    return new TestModel(17).input("x", 1).node("Relu", "x -> y").output("y");
  }

  private static Problem problem(TestModel model) {
    return problem(model.bytes());
  }

  private static Problem problem(byte[] bytes) {
    return problems(bytes).getFirst();
  }

  private static ErrorCode code(byte[] bytes) {
    return problem(bytes).code();
  }

  private static List<Problem> problems(byte[] bytes) {
    return problems(bytes, Map.of());
  }

  private static List<Problem> problems(byte[] bytes, Map<String, Dimension> dims) {
    CompileException thrown =
        catchThrowableOfType(
            CompileException.class, () -> GraphImporter.read(OnnxReader.read(bytes), dims));
    assertThat(thrown).as("a problem").isNotNull();
    return thrown.problems();
  }
}
