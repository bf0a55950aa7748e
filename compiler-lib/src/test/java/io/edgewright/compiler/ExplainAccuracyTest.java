package io.edgewright.compiler;

import static io.edgewright.compiler.onnx.TestModel.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.bundle.Accuracy;
import io.edgewright.compiler.bundle.GoldenCheck;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.onnx.TestModel;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ExplainAccuracyTest {
  private static final Target HOST =
      TargetCatalog.standard().get("host", Location.option("--target"));

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void findsNothingInAFaithfulProgram() {
    EndToEnd product = product();
    AccuracyReport report = explain(product, PassList.run(product.graph()));
    assertThat(report.firstDeparture()).isEmpty();
    assertThat(report.nodes())
        .extracting(NodeAccuracy::node)
        .containsExactly("conv1", "conv2", "conv3", "the_GlobalAveragePool");
    assertThat(report.nodes()).allMatch(node -> node.share() < 1e-5 && node.range() > 0);
    assertThat(report.text()).contains("no node departs");
  }

  @Test
  void namesTheNodeWhoseWeightsWereChanged() {
    EndToEnd product = product();
    for (String culprit : List.of("conv1", "conv2", "conv3")) {
      Graph spoiled = spoil(PassList.run(product.graph()), culprit);
      AccuracyReport report = explain(product, spoiled);
      assertThat(report.firstDeparture())
          .hasValueSatisfying(node -> assertThat(node.node()).isEqualTo(culprit));
      assertThat(report.text()).contains("`" + culprit + "` (Convolution) is the first node");
      assertThat(report.json().get("firstDeparture").textValue()).isEqualTo(culprit);
    }
  }

  /// One weight of a convolution made larger by a tenth, as a faulty pass would.
  private static Graph spoil(Graph graph, String convolution) {
    Value weights =
        graph.nodes().stream()
            .filter(node -> node.name().equals(convolution))
            .findFirst()
            .orElseThrow()
            .input(1);
    double[] numbers = graph.constant(weights).toDoubles();
    numbers[1] *= 1.1;
    Map<Value, Tensor> constants = new LinkedHashMap<>(graph.constants());
    constants.put(weights, Tensor.ofDoubles(weights.type().element(), weights.shape(), numbers));
    return new Graph(graph.inputs(), graph.outputs(), constants, graph.nodes());
  }

  private static AccuracyReport explain(EndToEnd product, Graph optimised) {
    return ExplainAccuracy.of(product, optimised, HOST, GoldenVectors.of(product).inputs());
  }

  private static EndToEnd product() {
    return EndToEnd.wrap(
        GraphImporter.read(OnnxReader.read(model()), Map.of()), Manifest.raw("product"));
  }

  private static byte[] model() {
    TestModel model = new TestModel(17).input("x", 1, 3, 6, 6);
    String from = "x";
    for (int layer = 1; layer <= 3; layer++) {
      int number = layer;
      String input = from;
      model
          .initializer("w" + layer, weights(3, 3, 3, 3))
          .node(node ->
              node.setOpType("Conv")
                  .setName("conv" + number)
                  .addInput(input)
                  .addInput("w" + number)
                  .addOutput("c" + number)
                  .addAttribute(attribute("pads", List.of(1L, 1L, 1L, 1L))))
          .node("Relu", "c" + layer + " -> r" + layer);
      from = "r" + layer;
    }
    return model.node("GlobalAveragePool", from + " -> y").output("y").bytes();
  }

  private static Tensor weights(long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[Math.toIntExact(shape.elements())];
    IntStream.range(0, values.length).forEach(i -> values[i] = (float) Math.sin(i * 1.7) * 0.4f);
    return Tensor.ofFloats(shape, values);
  }

  @Test
  void reportsTheErrorOfEveryOutputInTheBundle() throws IOException {
    CompiledModel compiled =
        Compiler.compile(new CompileRequest(model(), Manifest.raw("product"), HOST), stage -> {});
    Path report = UnpackedBundle.of(compiled, folder).folder().resolve("report.json");
    JsonNode accuracy = new ObjectMapper().readTree(report.toFile()).get("accuracy");
    assertThat(accuracy.get("measured").booleanValue()).isTrue();
    JsonNode output = accuracy.get("outputs").get(0);
    assertThat(output.get("name").textValue()).isEqualTo("y");
    double[] expected = GoldenVectors.of(product()).outputs().getFirst().toDoubles();
    double range = output.get("range").doubleValue();
    assertThat(range).isEqualTo(GoldenVectors.range(expected));
    double maximum = output.get("maximumError").doubleValue();
    assertThat(maximum).isBetween(0.0, 1e-5 * range);
    assertThat(output.get("meanError").doubleValue()).isBetween(maximum / 100, maximum);
    assertThat(output.get("maximumErrorOfRange").doubleValue())
        .isCloseTo(maximum / range, within(1e-12));
  }

  @Test
  void saysThatNothingWasMeasured() {
    Accuracy accuracy =
        Accuracy.of(new GoldenCheck.Verdict.NotVerified("no emulator"), List.of("y"), List.of(1.0));
    assertThat(accuracy.json().get("measured").booleanValue()).isFalse();
    assertThat(accuracy.json().get("reason").textValue()).contains("not measured");
  }

  @Test
  void comparesAFrameFromFiles() throws IOException {
    float[] pixels = new float[108];
    IntStream.range(0, pixels.length).forEach(i -> pixels[i] = i * 0.01f);
    Path model = Files.write(folder.resolve("m.onnx"), model());
    Path numpy = Files.write(folder.resolve("x.npy"), npy("<f4", "1, 3, 6, 6", pixels));
    Path proto =
        Files.write(
            folder.resolve("x.pb"),
            TestModel.proto("x", Tensor.ofFloats(Shape.of(1, 3, 6, 6), pixels)).toByteArray());
    List<String> answers = new ArrayList<>();
    for (Path input : List.of(numpy, proto)) {
      assertThat(run("compile", model, "--explain-accuracy", "--json", "--input", input)).isZero();
      JsonNode report = new ObjectMapper().readTree(out.toByteArray()).get(0);
      assertThat(report.get("firstDeparture").isNull()).isTrue();
      assertThat(report.get("nodes").get(0).get("shape")).hasSize(4);
      answers.add(report.toString());
    }
    assertThat(answers.getFirst()).isEqualTo(answers.getLast());
    assertThat(run("compile", model, "--explain-accuracy")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("conv1", "mean error", "no node");
  }

  @Test
  void refusesFramesThatDoNotFit() throws IOException {
    Path model = Files.write(folder.resolve("m.onnx"), model());
    Path wrongShape = Files.write(folder.resolve("a.npy"), npy("<f4", "2", new float[2]));
    Path lying = Files.write(folder.resolve("b.npy"), npy("<f4", "1, 3, 6, 6", new float[2]));
    Path noArray = Files.writeString(folder.resolve("c.npy"), "this is no array, is it");
    Path noTensor = Files.write(folder.resolve("d.pb"), new byte[] {-1, -1, -1});
    for (Path input : List.of(wrongShape, lying, noArray, noTensor, folder.resolve("none.npy"))) {
      assertThat(run("compile", model, "--explain-accuracy", "--input", input)).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("EW-2201", "--input");
    }
    assertThat(run("compile", model, "--input", wrongShape)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no --explain-accuracy");
  }

  @Test
  void refusesATargetThatCannotRunHere() {
    EndToEnd product = product();
    Target elsewhere = TargetCatalog.standard().get("raspberry-pi-3", Location.option("--target"));
    GoldenCheck nowhere = GoldenCheck.withoutEmulators();
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() ->
            ExplainAccuracy.of(
                product,
                PassList.run(product.graph()),
                elsewhere,
                GoldenVectors.of(product).inputs(),
                nowhere))
        .withMessageContaining("EW-2102")
        .withMessageContaining("qemu-aarch64");
  }

  private static byte[] npy(String type, String shape, float[] values) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s,), }\n".formatted(type, shape);
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length + values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
    file.putShort((short) text.length).put(text);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  private int run(Object... arguments) {
    out.reset();
    err.reset();
    List<String> texts = Arrays.stream(arguments).map(Object::toString).toList();
    return new CommandLine(new PrintStream(out, true), new PrintStream(err, true)).run(texts);
  }
}
