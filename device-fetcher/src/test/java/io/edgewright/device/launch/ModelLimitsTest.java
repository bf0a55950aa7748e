package io.edgewright.device.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.testing.ToyBundle;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModelLimitsTest {
  private final ToyBundle bundle = ToyBundle.named("toy");

  @Test
  void leaveRoomForTheLargestPictureTheArenaAndEveryStack() {
    long before = addressBytes();
    bundle.manifest.put("arenaBytes", 10_000_000);
    bundle.manifest.put("run", Map.of("threads", 100));

    assertThat(before).isGreaterThan(4096L * 4096 * 4);
    assertThat(addressBytes() - before).isEqualTo(2 * 10_000_000 + 99 * (2L << 20));
  }

  @Test
  void leaveRoomForTensorsAtTheirLargest() {
    long before = addressBytes();
    Map<String, Object> fields =
        Map.of(
            "name", "masks",
            "kind", "tensor",
            "type", "float32",
            "shape", Arrays.asList(JsonText.NULL, 1000, 1000),
            "maximumShape", List.of(50, 1000, 1000));
    bundle.manifest.put("outputs", List.of(fields));

    assertThat(addressBytes() - before).isGreaterThanOrEqualTo(50L * 1000 * 1000 * 4);
  }

  @Test
  void boundTheTimeOfATaskByAllItsThreads() {
    bundle.manifest.put("run", Map.of("threads", 4));

    assertThat(ModelLimits.within(Duration.ofSeconds(60), manifest()).cpuSeconds())
        .isEqualTo(OptionalLong.of(241));
    assertThat(ModelLimits.running(manifest()).cpuSeconds()).isEmpty();
  }

  private long addressBytes() {
    return ModelLimits.running(manifest()).addressBytes();
  }

  private BundleManifest manifest() {
    return BundleManifest.read(JsonText.bytes(bundle.completeManifest()));
  }
}
