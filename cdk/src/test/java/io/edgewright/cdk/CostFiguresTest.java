package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What docs/cost.md is computed from against what the stack deploys.
class CostFiguresTest {
  private static JsonNode figures(String file) throws IOException {
    Path folder =
        Path.of(System.getProperty("edgewright.project"))
            .resolve("integration-tests/src/main/resources/io/edgewright/cost");
    return new ObjectMapper().readTree(Files.readString(folder.resolve(file)));
  }

  @Test
  void memoryIsWhatFunctionsAreGiven() throws IOException {
    JsonNode measured = figures("measured.json");
    assertGiven(measured, "worker", FunctionSpec.COMPILE);
    assertGiven(measured, "verify", FunctionSpec.VERIFY);
    assertGiven(measured, "request", FunctionSpec.DEVICE_API);
  }

  private static void assertGiven(JsonNode measured, String name, FunctionSpec function) {
    assertThat(measured.required(name).required("gigabytes").asDouble())
        .as(name)
        .isEqualTo(function.memoryMegabytes() / 1024.0, within(0.001));
  }

  @Test
  void theStagesOwnLimitIsAmongTheQuotas() throws IOException {
    assertThat(StreamSupport.stream(figures("quotas.json").required("quotas").spliterator(), false))
        .filteredOn(quota -> quota.required("name").asText().contains("stage"))
        .singleElement()
        .satisfies(quota -> assertThat(quota.required("limit").asInt()).isEqualTo(Api.RATE));
  }
}
