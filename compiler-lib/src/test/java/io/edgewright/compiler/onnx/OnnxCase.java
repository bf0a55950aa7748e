package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.onnx.operators.TensorDecoder;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// A model with inputs and the outputs that a reference gave for them, as the ONNX backend suite
/// lays it out: `model.onnx`, `test_data_set_K/{input,output}_I.pb`, and perhaps `data.json` with
/// tolerances.
///
/// @param absolute tolerance of each output, in order; the last one holds for all that follow
@SuppressWarnings("ArrayRecordComponent")
public record OnnxCase(
    String name, byte[] bytes, List<DataSet> sets, double relative, List<Double> absolute) {
  /// Inputs in the order of the graph's inputs (initializers left out), outputs likewise.
  public record DataSet(List<Tensor> inputs, List<Tensor> outputs) {}

  /// @throws io.edgewright.compiler.diagnostics.CompileException when a tensor has a type that is
  ///   not supported
  public static OnnxCase read(Path folder) {
    List<DataSet> sets = new ArrayList<>();
    for (Path set : TestData.list(folder)) {
      if (set.getFileName().toString().startsWith("test_data_set_")) {
        sets.add(new DataSet(tensors(set, "input_"), tensors(set, "output_")));
      }
    }
    JsonNode tolerances = tolerances(folder.resolve("data.json"));
    List<Double> absolute = new ArrayList<>();
    tolerances.path("atol_outputs").forEach(number -> absolute.add(number.asDouble()));
    if (absolute.isEmpty()) {
      absolute.add(tolerances.path("atol").asDouble(1e-7));
    }
    return new OnnxCase(
        folder.getFileName().toString(),
        TestData.bytes(folder.resolve("model.onnx")),
        sets,
        tolerances.path("rtol").asDouble(1e-3),
        absolute);
  }

  private static JsonNode tolerances(Path file) {
    ObjectMapper json = new ObjectMapper();
    try {
      return Files.exists(file) ? json.readTree(file.toFile()) : json.createObjectNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Tensor> tensors(Path folder, String prefix) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve(prefix + i + ".pb")); i++) {
      Path file = folder.resolve(prefix + i + ".pb");
      try {
        TensorProto proto = TensorProto.parseFrom(TestData.bytes(file));
        tensors.add(TensorDecoder.decode(proto, Location.value(file.toString())));
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(file + " holds no tensor", e);
      }
    }
    return tensors;
  }

  public OnnxModel model() {
    return OnnxReader.read(bytes);
  }

  /// Numbers of the symbolic dimensions, taken from the inputs of a set.
  public Map<String, Dimension> dims(DataSet set) {
    Map<String, Dimension> dims = new LinkedHashMap<>();
    int at = 0;
    for (var type : ModelFacts.of(model()).inputs().values()) {
      List<Dimension> dimensions = type.shape().dimensions();
      for (int axis = 0; axis < dimensions.size(); axis++) {
        if (dimensions.get(axis) instanceof Dimension.Symbol(String symbol)) {
          dims.put(symbol, set.inputs().get(at).shape().dimensions().get(axis));
        }
      }
      at++;
    }
    return dims;
  }

  /// The same case with some inputs baked into the model as constants; it has only its first set.
  public OnnxCase fixing(IntPredicate input) {
    ModelProto model = model().proto();
    GraphProto.Builder graph = model.getGraph().toBuilder();
    DataSet set = sets.getFirst();
    List<Tensor> rest = new ArrayList<>();
    List<String> names = ModelFacts.of(model()).inputs().keySet().stream().toList();
    for (int i = 0; i < set.inputs().size(); i++) {
      Tensor tensor = set.inputs().get(i);
      if (input.test(i)) {
        graph.addInitializer(
            TensorProto.newBuilder()
                .setName(names.get(i))
                .setDataType(tensor.element().onnxCode())
                .addAllDims(Arrays.stream(tensor.shape().extents()).boxed().toList())
                .setRawData(ByteString.copyFrom(tensor.bytes())));
      } else {
        rest.add(tensor);
      }
    }
    byte[] fixed = model.toBuilder().setGraph(graph).build().toByteArray();
    DataSet first = new DataSet(rest, set.outputs());
    return new OnnxCase(name, fixed, List.of(first), relative, absolute);
  }

  /// How far `got` is from the output of a set, as a multiple of what is allowed; infinity where
  /// the type differs. At most 1 passes.
  public double excess(DataSet set, int output, Tensor got) {
    Tensor want = set.outputs().get(output);
    if (!got.type().equals(want.type())) {
      return Double.POSITIVE_INFINITY;
    }
    double allowed = absolute.get(Math.min(output, absolute.size() - 1));
    double worst = 0;
    for (int i = 0; i < want.size(); i++) {
      double a = want.getDouble(i);
      double b = got.getDouble(i);
      if (a != b && !(Double.isNaN(a) && Double.isNaN(b))) {
        double excess = Math.abs(a - b) / (allowed + relative * Math.abs(a));
        worst = Math.max(worst, Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess);
      }
    }
    return worst;
  }

  /// The largest difference between two tensors of one type.
  public static double maximumError(Tensor want, Tensor got) {
    double worst = 0;
    for (int i = 0; i < want.size(); i++) {
      worst = Math.max(worst, Math.abs(want.getDouble(i) - got.getDouble(i)));
    }
    return worst;
  }
}
