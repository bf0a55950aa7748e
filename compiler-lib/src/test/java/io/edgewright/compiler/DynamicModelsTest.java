package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxCase;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks with named dimensions, compiled once for every number up to a maximum, give for each of
/// their inputs what ONNX Runtime gives.
@Tag("slow")
class DynamicModelsTest {
  /// More than any of the inputs has.
  private static final int ROOM = 2;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit-ok/models/picto_classify_fp32 batch",
        "commit-ok/models/picto_classify_int8 batch",
        "commit-ok/models/ppocr_v2_cls p2o.DynamicDimension.0",
        "models/st_mobilenet_v2_035_flowers unk__608",
        "models/super_resolution_10 batch_size",
        "models/tv_resnet18 batch",
        "models/minilm_l6_v2_int8 batch_size sequence_length",
        "odd/odd_einsum_layernorm_attention L",
      })
  void oneProgramServesAllExtents(String modelAndDimensions) {
    List<String> words = List.of(modelAndDimensions.split(" "));
    OnnxCase model = OnnxCase.read(SharedTestdata.require(words.getFirst()));
    Map<String, Dimension> dims = ranges(model, words.subList(1, words.size()));
    Graph network = GraphImporter.read(model.model(), dims);
    try (CompiledGraph compiled = CompiledGraph.of(PassList.run(network), "host")) {
      for (OnnxCase.DataSet set : model.sets()) {
        check(model, set, Interpreter.run(network, set.inputs()));
        check(model, set, compiled.run(set.inputs()));
      }
    }
  }

  /// Ranges for the dimensions that are named, the numbers of the first input for the others.
  private static Map<String, Dimension> ranges(OnnxCase model, List<String> names) {
    Map<String, Dimension> dims = new LinkedHashMap<>(model.dims(model.sets().getFirst()));
    for (String name : names) {
      long most =
          model.sets().stream()
              .mapToLong(set -> Objects.requireNonNull(model.dims(set).get(name)).count().maximum())
              .max()
              .orElseThrow();
      dims.put(name, Dimension.range(name, most + ROOM));
    }
    return dims;
  }

  private static void check(OnnxCase model, OnnxCase.DataSet set, List<Tensor> results) {
    assertThat(results).hasSameSizeAs(set.outputs());
    for (int output = 0; output < results.size(); output++) {
      assertThat(model.excess(set, output, results.get(output)))
          .as("%s, output %d: error as a multiple of the tolerance", model.name(), output)
          .isLessThanOrEqualTo(1);
    }
  }
}
