package io.edgewright.functions.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.store.KeyRole;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> new Settings(Map.of("EDGEWRIGHT_BUCKET", "")).bucket())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("`EDGEWRIGHT_BUCKET`");
  }

  @Test
  void readsTheKeysThatAFunctionMayUse() {
    Settings settings =
        new Settings(Map.of("EDGEWRIGHT_KEYS", "{\"targets\":\"k1\",\"groups\":\"k2\"}"));
    assertThat(settings.keys()).isEqualTo(Map.of(KeyRole.TARGETS, "k1", KeyRole.GROUPS, "k2"));
    assertThat(settings.previousRootKey()).isEmpty();
    assertThat(new Settings(Map.of()).keys()).isEmpty();
    assertThat(
            new Settings(Map.of("EDGEWRIGHT_KEYS", "{\"root\":\"k2\",\"previousRoot\":\"k1\"}"))
                .previousRootKey())
        .contains("k1");
  }

  @Test
  void knowsWhereItMayWriteWithoutBeingTold() {
    assertThat(new Settings(Map.of()).work()).isEqualTo(Path.of("/tmp"));
    assertThat(new Settings(Map.of("EDGEWRIGHT_WORK", "/w")).toolchain())
        .isEqualTo(Map.of("EDGEWRIGHT_CACHE", "/w/toolchain"));
    assertThat(new Settings(Map.of("EDGEWRIGHT_TOOLCHAIN", "/t")).toolchain())
        .isEqualTo(Map.of("EDGEWRIGHT_TOOLCHAIN", "/t"));
  }

  @Test
  void countsMemoryInBytes() {
    assertThat(new Settings(Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")).memoryBytes())
        .isEqualTo(512L << 20);
  }

  @Test
  void expectsApiGatewayToNameCallersUnlessItIsToldOtherwise() {
    assertThat(new Settings(Map.of()).namesCallers()).isTrue();
    assertThat(new Settings(Map.of("EDGEWRIGHT_EMULATED_GATEWAY", "true")).namesCallers())
        .isFalse();
  }

  @Test
  void addressesBucketsByPathWhenAsked() {
    assertThat(new Settings(Map.of()).isPathStyle()).isFalse();
    assertThat(new Settings(Map.of("EDGEWRIGHT_S3_PATH_STYLE", "true")).isPathStyle()).isTrue();
  }
}
