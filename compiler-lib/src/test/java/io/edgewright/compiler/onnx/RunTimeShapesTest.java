package io.edgewright.compiler.onnx;

import static io.edgewright.compiler.onnx.TestModel.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What exporters do with the extents that Shape gives, where only a run knows them.
class RunTimeShapesTest {
  private static final Map<String, Dimension> DIMS =
      Map.of("n", Dimension.range("n", 4), "m", Dimension.range("m", 9));

  @Test
  void extentsFindTheirWayThroughArithmeticIntoAShape() {
    TestModel model =
        numbers()
            .node("Shape", "x -> s")
            .node("Gather", "s zero -> rows")
            .node("Gather", "s one -> columns")
            .node("Mul", "rows columns -> all")
            .node("Div", "all rows -> again")
            .node("Unsqueeze", "rows front -> first")
            .node("Unsqueeze", "again front -> second")
            .node("Concat", "first second three two -> wanted", attribute("axis", 0))
            .node("Reshape", "x wanted -> y")
            .output("y");
    assertThat(declared(model)).isEqualTo("[n<=4, m<=9, 3, 2]");
    assertThat(shape(model, 2, 5)).isEqualTo(Shape.of(2, 5, 3, 2));
  }

  @Test
  void aRestIsWhatTheOthersLeave() {
    TestModel model = numbers().node("Reshape", "x rest -> y").output("y");
    assertThat(declared(model)).isEqualTo("[2, 3*m*n<=108]");
    assertThat(shape(model, 3, 7)).isEqualTo(Shape.of(2, 63));
  }

  @Test
  void positionsAndMasksAreAsLongAsTheInput() {
    TestModel model =
        numbers()
            .node("Shape", "x -> s", attribute("start", 1), attribute("end", 2))
            .node("Squeeze", "s -> length")
            .node("Range", "zero length one -> places")
            .node("Unsqueeze", "places front -> row")
            .node("Unsqueeze", "places behind -> column")
            .node("LessOrEqual", "row column -> mask")
            .node("Cast", "mask -> y", attribute("to", 1))
            .output("y");
    assertThat(declared(model)).isEqualTo("[m<=9, m<=9]");
    assertThat(run(model, 1, 3).toFloats()).containsExactly(1, 0, 0, 1, 1, 0, 1, 1, 1);
  }

  @Test
  void tablesAreCutAndOnesAreRepeated() {
    TestModel model =
        numbers()
            .node("Shape", "x -> s", attribute("start", 1), attribute("end", 2))
            .node("Slice", "table front s -> part")
            .node("ConstantOfShape", "s -> zeros")
            .node("Add", "part zeros -> z")
            .node("Tile", "z s -> y")
            .output("y");
    assertThat(declared(model)).isEqualTo("[m*m<=81]");
    assertThat(run(model, 1, 2).toFloats()).containsExactly(0, 1, 0, 1);
  }

  @Test
  void slicesCountFromTheEnd() {
    TestModel last =
        numbers()
            .initializer("from", Tensor.ofLongs(Shape.of(1), -1))
            .initializer("to", Tensor.ofLongs(Shape.of(1), Long.MAX_VALUE))
            .node("Slice", "x from to front -> y")
            .output("y");
    assertThat(declared(last)).isEqualTo("[1, m<=9, 6]");
    TestModel rest =
        numbers()
            .initializer("to", Tensor.ofLongs(Shape.of(1), -1))
            .node("Slice", "x front to front -> y")
            .output("y");
    assertThat(declared(rest)).isEqualTo("[n-1<=3, m<=9, 6]");
    assertThat(shape(rest, 1, 2)).isEqualTo(Shape.of(0, 2, 6));
  }

  @Test
  void theNumberOfElementsIsDataWhereItIsNoShape() {
    TestModel model =
        numbers().node("Size", "x -> s").node("Cast", "s -> y", attribute("to", 1)).output("y");
    assertThat(run(model, 2, 5).toFloats()).containsExactly(60);
  }

  private static TestModel numbers() {
    return new TestModel(17)
        .input("x", "n", "m", 6)
        .initializer("zero", Tensor.ofLongs(Shape.SCALAR, 0))
        .initializer("one", Tensor.ofLongs(Shape.SCALAR, 1))
        .initializer("front", Tensor.ofLongs(Shape.of(1), 0))
        .initializer("behind", Tensor.ofLongs(Shape.of(1), 1))
        .initializer("two", Tensor.ofLongs(Shape.of(1), 2))
        .initializer("three", Tensor.ofLongs(Shape.of(1), 3))
        .initializer("rest", Tensor.ofLongs(Shape.of(2), 2, -1))
        .initializer("table", Tensor.ofFloats(Shape.of(9), 0, 1, 2, 3, 4, 5, 6, 7, 8));
  }

  private static Graph graph(TestModel model) {
    return PassList.run(GraphImporter.read(OnnxReader.read(model.bytes()), DIMS));
  }

  private static String declared(TestModel model) {
    return graph(model).outputs().getFirst().shape().toString();
  }

  private static Shape shape(TestModel model, long n, long m) {
    return run(model, n, m).shape();
  }

  private static Tensor run(TestModel model, long n, long m) {
    Tensor x = Tensor.ofFloats(Shape.of(n, m, 6), new float[(int) (n * m * 6)]);
    return Interpreter.run(graph(model), List.of(x)).getFirst();
  }
}
