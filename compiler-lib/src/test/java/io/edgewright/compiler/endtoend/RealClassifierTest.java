package io.edgewright.compiler.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.OutputDescription.Classes;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A trained classifier on real pictures, against what they show.
class RealClassifierTest {
  @Test
  void namesEveryPictogram() throws IOException {
    Path samples = SharedTestdata.require("commit-ok/samples");
    Path model = SharedTestdata.require("commit-ok/models/picto_classify_fp32/model.onnx");
    Manifest manifest = Samples.manifest("picto-classify");
    List<String> labels = ((Classes) manifest.output()).labels();
    OnnxRuntimeNetwork network = new OnnxRuntimeNetwork(model, "image", 1, 3, 64, 64);
    JsonNode truth = new JsonMapper().readTree(samples.resolve("labels_of_images.json").toFile());

    assertThat(truth.size()).isEqualTo(12);
    for (var picture : truth.properties()) {
      Tensor pixels = Samples.pixels(Samples.picture(samples.resolve(picture.getKey())));
      Tensor best = network.run(manifest, pixels).getFirst();
      assertThat(labels.get((int) best.getLong(0)))
          .describedAs(picture.getKey())
          .isEqualTo(picture.getValue().textValue());
      assertThat(best.getDouble(1)).isGreaterThan(0.5);
    }
  }
}
