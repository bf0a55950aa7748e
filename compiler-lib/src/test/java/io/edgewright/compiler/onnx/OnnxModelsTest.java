package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphChecks;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real models through importer and interpreter, against the outputs of ONNX Runtime and within the
/// tolerances that lie beside them.
@Tag("slow")
class OnnxModelsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit-ok/models/mediapipe_blazeface_short",
        "commit-ok/models/picto_classify_fp32",
        "commit-ok/models/picto_classify_int8",
        "commit-ok/models/picto_detect_fp32",
        "commit-ok/models/picto_detect_int8",
        "commit-ok/models/picto_detect_nms_fp32",
        "commit-ok/models/ppocr_v2_cls",
        "models/basic_pitch",
        "models/deeplab_v3_257",
        "models/dtln_1",
        "models/micro_kws_fp32",
        "models/micro_kws_qdq",
        "models/micro_kws_qoperator",
        "models/minilm_l6_v2_int8",
        "models/mlperf_ad01_int8",
        "models/mlperf_kws_dscnn_fp32",
        "models/mlperf_kws_dscnn_int8",
        "models/mlperf_resnet8_fp32",
        "models/mlperf_resnet8_int8",
        "models/mlperf_strww_int8",
        "models/mlperf_vww96_fp32",
        "models/mlperf_vww96_int8",
        "models/mnist_8",
        "models/mnist_int8_dynquant",
        "models/mobilenet_v1_025_128_fp32",
        "models/mobilenet_v1_025_128_int8",
        "models/nanodet_m_320",
        "models/nms_yolov8",
        "models/person_yolox_192",
        "models/ppocr_v4_rec",
        "models/silero_vad_16k_op15",
        "models/sinet_portrait_320",
        "models/st_mobilenet_v2_035_flowers",
        "models/st_yamnet_256",
        "models/super_resolution_10",
        "models/tflm_person_detect_int8",
        "models/tv_efficientnet_b0",
        "models/tv_resnet18",
        "models/tv_squeezenet1_1",
        "models/tv_vit_tiny96",
        "models/ultraface_rfb_320",
        "models/wakeword_hello_deepa",
        "models/yolox_nano_416",
        "models/yunet_n_320"
      })
  void givesWhatOnnxRuntimeGives(String place) {
    judge(SharedTestdata.require(place));
  }

  @Test
  void givesWhatOnnxRuntimeGivesForOddAndRandomGraphs() {
    List<Path> cases =
        TestData.list(SharedTestdata.require("odd")).stream()
            .filter(path -> path.resolve("model.onnx").toFile().exists())
            .toList();
    assertThat(cases).hasSizeGreaterThan(90);
    cases.forEach(OnnxModelsTest::judge);
  }

  private static void judge(Path folder) {
    OnnxCase test = OnnxCase.read(folder);
    double worst = 0;
    for (OnnxCase.DataSet set : test.sets()) {
      Graph graph = GraphImporter.read(test.model(), test.dims(set));
      GraphChecks.verify(graph);
      List<Tensor> got = Interpreter.run(graph, set.inputs());
      assertThat(got).hasSameSizeAs(set.outputs());
      for (int i = 0; i < got.size(); i++) {
        assertThat(test.excess(set, i, got.get(i)))
            .as("%s, output %d, in units of its tolerance", test.name(), i)
            .isLessThanOrEqualTo(1);
        worst = Math.max(worst, OnnxCase.maximumError(set.outputs().get(i), got.get(i)));
      }
    }
    System.out.printf("%s: maximum error %.3g%n", test.name(), worst);
  }
}
