package io.edgewright.compiler.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is put around a network, compiled with it and run, against the reference.
class CompiledEndToEndTest {
  private static final String DETECTIONS =
      "'inputs': {'image': {'kind': 'image', 'color': 'bgr', 'mean': 100, 'scale': 0.01,"
          + " 'resize': {'fit': 'letterbox'}}},"
          + " 'outputs': {'kind': 'detections', 'decode': {'nms': {'iou': 0.4}, 'threshold': 0.2, ";

  private final Random random = new Random(6);

  @Test
  void decodesBlazeFace() {
    check(
        new StubNetwork(1, 64, 64, 3).with("b", uniform(1, 224, 16)).with("s", uniform(1, 224, 1)),
        "'family': 'blazeface', 'boxes': 'b', 'scores': 's'");
  }

  @Test
  void decodesSsd() {
    check(
        new StubNetwork(1, 3, 32, 64).with("b", uniform(1, 16, 4)).with("s", uniform(1, 16, 3)),
        "'family': 'ssd', 'boxes': 'b', 'scores': 's', 'activation': 'softmax',"
            + " 'anchors': [{'stride': 16, 'sizes': [[10, 12], [20, 9]]}]");
  }

  @Test
  void decodesYolox() {
    check(
        new StubNetwork(1, 3, 32, 64).with("t", uniform(1, 10, 9)),
        "'family': 'yolox', 'tensor': 't', 'strides': [16, 32]");
  }

  @Test
  void decodesBoxesWithSizes() {
    check(
        new StubNetwork(1, 3, 32, 64).with("b", uniform(1, 40, 4)).with("s", uniform(1, 40, 2)),
        "'family': 'boxes', 'format': 'center-size', 'unit': 'relative', 'boxes': 'b',"
            + " 'scores': 's', 'activation': 'sigmoid'");
  }

  @Test
  void givesTheBestClasses() {
    StubNetwork network = new StubNetwork(1).with("logits", uniform(1, 100));
    EndToEnd wrapped = network.wrap("'outputs': {'kind': 'classes', 'softmax': true, 'top': 7}");
    List<Tensor> inputs = List.of(uniform(1), network.tensors().getFirst());
    double[] expected = Interpreter.run(wrapped.graph(), inputs).getFirst().toDoubles();
    try (CompiledGraph compiled = compiled(wrapped)) {
      Tensor rows = compiled.run(inputs).getFirst();
      assertThat(rows.shape()).isEqualTo(Shape.of(7, 2));
      assertThat(rows.toDoubles()).containsExactly(expected, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stretch", "letterbox", "letterbox-top-left", "center-crop"})
  void bringsPicturesIn(String fit) {
    String manifest =
        "'inputs': {'x': {'kind': 'image', 'color': 'bgr', 'mean': [1, 2, 3], 'scale': 0.5,"
            + " 'resize': {'fit': '%s'}}}".formatted(fit);
    for (Shape shape : List.of(Shape.of(1, 3, 40, 50), Shape.of(1, 40, 50, 3))) {
      GraphBuilder builder = new GraphBuilder(List.of("y"));
      Value x = builder.input("x", new TensorType(ElementType.FLOAT32, shape));
      Expression shifted = Formulas.plus(Formulas.in(0), Formulas.number(1));
      builder.output("y", builder.add("y", new Op.Map(shifted), x));
      EndToEnd wrapped = EndToEnd.wrap(builder.build(), StubNetwork.manifest(manifest));
      try (CompiledGraph compiled = compiled(wrapped)) {
        Tensor picture = picture(123, 77);
        Tensor expected = Interpreter.run(wrapped.graph(), List.of(picture)).getFirst();
        Tensor y = compiled.run(List.of(picture)).getFirst();
        for (int i = 0; i < y.size(); i++) {
          assertThat(y.getDouble(i)).isCloseTo(expected.getDouble(i), within(2e-4));
        }
      }
    }
  }

  private static CompiledGraph compiled(EndToEnd wrapped) {
    Target target = TargetCatalog.standard().get("host", new Location("test"));
    Graph graph = PassList.run(wrapped.graph());
    return CompiledGraph.of(graph, wrapped.inputs(), wrapped.outputs(), target, Machine.of(target));
  }

  private void check(StubNetwork network, String decode) {
    EndToEnd wrapped = network.wrap(DETECTIONS + decode + "}}");
    try (CompiledGraph compiled = compiled(wrapped)) {
      for (int[] size : new int[][] {{64, 32}, {100, 100}, {7, 200}, {1, 1}}) {
        List<Tensor> inputs = new ArrayList<>(List.of(picture(size[0], size[1])));
        inputs.addAll(network.tensors());
        List<Tensor> expected = Interpreter.run(wrapped.graph(), inputs);
        Tensor rows = compiled.run(inputs).getFirst();
        assertThat(rows.shape()).isEqualTo(Shape.of(expected.get(1).getLong(0), 6));
        for (int i = 0; i < rows.size(); i++) {
          assertThat(rows.getDouble(i)).isCloseTo(expected.get(0).getDouble(i), within(2e-3));
        }
      }
    }
  }

  private Tensor picture(int width, int height) {
    byte[] bytes = new byte[3 * width * height];
    random.nextBytes(bytes);
    return new Tensor(new TensorType(ElementType.UINT8, Shape.of(height, width, 3)), bytes);
  }

  private Tensor uniform(long... shape) {
    Shape type = Shape.of(shape);
    float[] values = new float[Math.toIntExact(type.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.ofFloats(type, values);
  }
}
