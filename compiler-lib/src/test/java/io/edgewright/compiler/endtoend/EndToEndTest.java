package io.edgewright.compiler.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndToEndTest {
  private static final String IMAGE = "'inputs': {'image': {'kind': 'image'}}, ";
  private static final String BOXES =
      "'outputs': {'kind': 'detections', 'decode': {'family': 'boxes', 'boxes': 'b', 'scores': 's'";

  @Test
  void leavesWhatIsNotDescribedAsItIs() {
    StubNetwork network = network();
    EndToEnd wrapped = network.wrap("'run': {}");
    assertThat(wrapped.graph().inputs()).isEqualTo(network.graph().inputs());
    assertThat(wrapped.graph().outputs()).isEqualTo(network.graph().outputs());
    assertThat(wrapped.outputs())
        .containsExactly(
            Port.Raw.of("b", ElementType.FLOAT32, Shape.of(1, 2, 4)),
            Port.Raw.of("s", ElementType.FLOAT32, Shape.of(1, 2, 3)));
  }

  @Test
  void describesThePortsOfADetector() {
    EndToEnd wrapped =
        network()
            .wrap(
                "'inputs': {'image': {'kind': 'image', 'pixels': 'bgr'}}, "
                    + BOXES
                    + ", 'maximum': 7}, 'labels': ['x', 'y', 'z']}");
    assertThat(wrapped.inputs().getFirst()).isEqualTo(new Port.Image("image", Port.Color.BGR));
    assertThat(wrapped.outputs())
        .containsExactly(new Port.Detections("detections", List.of("x", "y", "z"), 7));
    assertThat(wrapped.graph().outputs()).hasSize(2);
  }

  @Test
  void turnsPixelsIntoWhatTheNetworkTakes() {
    String gray = "'inputs': {'x': {'kind': 'image', 'color': 'gray', 'mean': 1, 'scale': 0.5}}";
    assertThat(echo(gray, ElementType.FLOAT32, 1, 1, 1, 2)).containsExactly(4.5, 99.5);
    assertThat(echo(gray, ElementType.FLOAT32, 1, 1, 2, 1)).containsExactly(4.5, 99.5);
    assertThat(echo(gray, ElementType.FLOAT32, 1, 1, 2)).containsExactly(4.5, 99.5);
    assertThat(echo(gray, ElementType.FLOAT16, 1, 1, 2)).containsExactly(4.5, 99.5);
    assertThat(echo(gray, ElementType.UINT8, 1, 1, 1, 2)).containsExactly(4, 100);
    String signed =
        "'inputs': {'x': {'kind': 'image', 'color': 'gray', 'mean': 139, 'scale': 1.5}}";
    assertThat(echo(signed, ElementType.INT8, 1, 1, 1, 2)).containsExactly(-128, 92);
  }

  /// The pixels 10 and 200 as they reach a network that takes pictures of 2 x 1.
  private static double[] echo(String manifest, ElementType element, long... shape) {
    GraphBuilder builder = new GraphBuilder(List.of("y"));
    var x = builder.input("x", new TensorType(element, Shape.of(shape)));
    builder.output("y", builder.add("y", new Op.Map(Expression.identity()), x));
    Tensor picture =
        new Tensor(
            new TensorType(ElementType.UINT8, Shape.of(1, 2, 1)), new byte[] {10, (byte) 200});
    String layout =
        shape.length == 4 && shape[3] == 1 ? ", 'layout': 'nhwc'}}" : ", 'layout': 'nchw'}}";
    String full = manifest.replace("}}", layout);
    Graph graph = EndToEnd.wrap(builder.build(), StubNetwork.manifest(full)).graph();
    return Interpreter.run(graph, List.of(picture)).getFirst().toDoubles();
  }

  @Test
  void givesTheBestClassesWithTheirProbabilities() {
    Tensor logits = Tensor.ofFloats(Shape.of(1, 4, 1, 1), 1, 3, 2, -1);
    List<Tensor> found =
        new StubNetwork(1, 3, 2, 2)
            .with("logits", logits)
            .run(
                IMAGE + "'outputs': {'kind': 'classes', 'softmax': true, 'top': 2}",
                StubNetwork.picture(3, 5, 5));
    double sum = Math.exp(1) + Math.exp(3) + Math.exp(2) + Math.exp(-1);
    assertThat(found.getFirst().shape()).isEqualTo(Shape.of(2, 2));
    assertThat(found.getFirst().toDoubles())
        .containsExactly(new double[] {1, Math.exp(3) / sum, 2, Math.exp(2) / sum}, within(1e-6));
  }

  @Test
  void givesAllClassesWhereThereAreFewAndFiveWhereThereAreMany() {
    String classes = "'outputs': {'kind': 'classes'}";
    EndToEnd few = new StubNetwork(1).with("y", zeros(1, 3)).wrap(classes);
    assertThat(few.outputs()).containsExactly(new Port.Classes("classes", List.of(), 3));
    EndToEnd many = new StubNetwork(1).with("y", zeros(1000)).wrap(classes);
    assertThat(many.outputs()).containsExactly(new Port.Classes("classes", List.of(), 5));
  }

  @Test
  void findsAFreeNameForItsOutput() {
    GraphBuilder builder = new GraphBuilder(List.of("y"));
    var input = builder.input("classes", new TensorType(ElementType.FLOAT32, Shape.of(3)));
    builder.output("y", builder.add("y", new Op.Softmax(0, false), input));
    EndToEnd wrapped =
        EndToEnd.wrap(builder.build(), StubNetwork.manifest("'outputs': {'kind': 'classes'}"));
    assertThat(wrapped.graph().outputs().getFirst().name()).isEqualTo("classes_");
    assertThat(wrapped.outputs().getFirst().name()).isEqualTo("classes_");
  }

  /// A manifest that does not fit [#network()].
  record Misfit(String manifest, ErrorCode code, String where, String said) {}

  static Stream<Misfit> misfits() {
    String image = "'inputs': {'image': {'kind': 'image', ";
    String at = "manifest /outputs/decode/";
    return Stream.of(
        unknown("'inputs': {'imagee': {'kind': 'image'}}", "manifest /inputs/imagee", "`image`"),
        unknown(
            IMAGE + boxes("'boxes': 'bo', 'scores': 's'"), at + "boxes", "`b` float32[1, 2, 4]"),
        unknown(IMAGE + boxes("'boxes': 'b', 'scores': 'x'"), at + "scores", "`s` float32"),
        unknown("'outputs': {'kind': 'classes', 'tensor': 'p'}", "manifest /outputs/tensor", "`s`"),
        unfit("'outputs': {'kind': 'classes'}", "manifest /outputs/tensor", "2 outputs"),
        unfit(
            "'outputs': {'kind': 'classes', 'tensor': 's'}",
            "manifest /outputs/tensor",
            "[1, 2, 3]"),
        unfit(image + "'color': 'gray'}}", "manifest /inputs/image", "[1, 1, height, width]"),
        unfit(image + "'layout': 'nhwc'}}", "manifest /inputs/image", "`layout`"),
        unfit(image + "'resize': {'width': 9}}}", "manifest /inputs/image/resize/width", "width 8"),
        unfit(
            image + "'resize': {'height': 8}}}",
            "manifest /inputs/image/resize/height",
            "height 6"),
        unfit("'inputs': {'b.': {'kind': 'image'}}", "manifest /inputs/b.", "[1, 2, 4]"),
        unfit(boxes("'boxes': 'b', 'scores': 's'"), "manifest /outputs", "0 inputs"),
        unfit(IMAGE + boxes("'boxes': 's', 'scores': 's'"), at + "boxes", "[1, N, 4]"),
        unfit(IMAGE + labelled("'x'"), "manifest /outputs/labels", "3, one for each class"),
        unfit(
            IMAGE + decode("'family': 'blazeface', 'boxes': 'b', 'scores': 's'"),
            at + "anchors",
            "2, as many as `b`"),
        unfit(
            IMAGE
                + decode(
                    "'family': 'ssd', 'boxes': 'b', 'scores': 's', 'anchors': [{'stride': 1,"
                        + " 'sizes': [[1, 1]]}]"),
            at + "anchors",
            "48 anchors in a picture of 8 x 6"),
        unfit(IMAGE + decode("'family': 'yolox', 'tensor': 'b'"), at + "tensor", "5 + classes"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void saysWhatDoesNotFit(Misfit misfit) {
    Problem problem = problems(network(), misfit.manifest).getFirst();
    assertThat(problem.code()).isEqualTo(misfit.code);
    assertThat(problem.where().text()).isEqualTo(misfit.where);
    assertThat(problem.sentence()).contains(misfit.said);
  }

  @Test
  void knowsTheNamesOfResultsThatAreSent() {
    String results =
        boxes("'boxes': 'b', 'scores': 's'") + ", 'run': {'results': {'fields': ['%s']}}";
    assertThat(network().wrap(IMAGE + results.formatted("detections"))).isNotNull();
    Problem problem = problems(network(), IMAGE + results.formatted("detection")).getFirst();
    assertThat(problem.code()).isEqualTo(ErrorCode.MANIFEST_TENSOR_UNKNOWN);
    assertThat(problem.where().text()).isEqualTo("manifest /run/results/fields");
    assertThat(problem.hint()).contains("did you mean `detections`");
  }

  @Test
  void asksForTheLayoutWhereTheShapeHasTwo() {
    StubNetwork network = new StubNetwork(1, 3, 8, 3).with("y", zeros(1));
    Problem problem = problems(network, IMAGE + "'run': {}").getFirst();
    assertThat(problem.hint()).isEqualTo("say which with `layout`");
    assertThat(
            network.wrap(IMAGE.replace("'image'}}", "'image', 'layout': 'nhwc'}}") + "'run': {}"))
        .isNotNull();
  }

  @Test
  void refusesABatch() {
    StubNetwork network = new StubNetwork(2, 3, 8, 8).with("y", zeros(2, 5));
    assertThat(problems(network, IMAGE + "'outputs': {'kind': 'classes'}"))
        .extracting(Problem::code, problem -> problem.where().text())
        .containsExactly(
            tuple(ErrorCode.MANIFEST_TENSOR_UNFIT, "manifest /inputs/image"),
            tuple(ErrorCode.MANIFEST_TENSOR_UNFIT, "manifest /outputs/tensor"));
  }

  @Test
  void refusesABackgroundThatIsAllThereIs() {
    StubNetwork network =
        new StubNetwork(1, 3, 8, 8).with("b", zeros(1, 5, 4)).with("s", zeros(1, 5, 1));
    String ssd = decode("'family': 'ssd', 'boxes': 'b', 'scores': 's'");
    assertThat(problems(network, IMAGE + ssd).getFirst().allowed()).contains("2 classes or more");
  }

  /// 32 grids of 64 anchors a pixel would be billions of numbers.
  @Test
  void countsAnchorsBeforeItMakesThem() {
    String grid = "{'stride': 1, 'sizes': [" + "[1, 1], ".repeat(63) + "[1, 1]]}";
    String grids = "[" + (grid + ", ").repeat(31) + grid + "]";
    StubNetwork network =
        new StubNetwork(1, 3, 4096, 4096).with("b", zeros(1, 5, 4)).with("s", zeros(1, 5, 2));
    String ssd = decode("'family': 'ssd', 'boxes': 'b', 'scores': 's', 'anchors': " + grids);
    assertThat(problems(network, IMAGE + ssd).getFirst().seen()).contains("34359738368 anchors");
  }

  private static Misfit unknown(String manifest, String where, String said) {
    return new Misfit(manifest, ErrorCode.MANIFEST_TENSOR_UNKNOWN, where, said);
  }

  private static Misfit unfit(String manifest, String where, String said) {
    return new Misfit(manifest, ErrorCode.MANIFEST_TENSOR_UNFIT, where, said);
  }

  private static String boxes(String fields) {
    return decode("'family': 'boxes', " + fields);
  }

  private static String labelled(String labels) {
    return boxes("'boxes': 'b', 'scores': 's'")
        .replaceFirst("}}$", "}, 'labels': [" + labels + "]}");
  }

  private static String decode(String fields) {
    return "'outputs': {'kind': 'detections', 'decode': {" + fields + "}}";
  }

  /// Takes pictures of 8 x 6; gives boxes of 2 objects and their scores for 3 classes.
  private static StubNetwork network() {
    return new StubNetwork(1, 3, 6, 8).with("b", zeros(1, 2, 4)).with("s", zeros(1, 2, 3));
  }

  private static Tensor zeros(long... shape) {
    Shape type = Shape.of(shape);
    return Tensor.ofFloats(type, new float[Math.toIntExact(type.elements())]);
  }

  private static List<Problem> problems(StubNetwork network, String manifest) {
    return catchThrowableOfType(CompileException.class, () -> network.wrap(manifest)).problems();
  }
}
