package io.edgewright.compiler.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.onnx.OnnxCase;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Networks that people put into microcontrollers, on emulated boards, against the outputs of ONNX
/// Runtime.
@Tag("slow")
class FirmwareModelsTest {
  @ParameterizedTest
  @CsvSource({
    "mlperf_kws_dscnn_int8, cortex-m4f",
    "mlperf_kws_dscnn_fp32, cortex-m4f",
    "mnist_8, cortex-m4f",
    "mlperf_kws_dscnn_int8, cortex-m7",
    "mlperf_ad01_int8, cortex-m7",
    "micro_kws_qdq, cortex-m7",
    "mlperf_kws_dscnn_int8, cortex-m55",
    "mlperf_kws_dscnn_fp32, cortex-m55",
  })
  void matchesItsReference(String folder, String target) throws IOException {
    OnnxCase model = OnnxCase.read(SharedTestdata.require("models/" + folder));
    Path emulator = InstalledTool.qemuSystemArm();
    FirmwareBundle bundle = FirmwareBundle.of(model, TestBundle.target(target));
    assertThat(bundle.verification()).startsWith("self-test passed under emulation");
    for (OnnxCase.DataSet set : model.sets()) {
      List<Tensor> results = bundle.run(emulator, set);
      for (int output = 0; output < results.size(); output++) {
        assertThat(model.excess(set, output, results.get(output)))
            .as("output %d: error as a multiple of the tolerance", output)
            .isLessThanOrEqualTo(1);
      }
    }
  }
}
