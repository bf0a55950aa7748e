package io.edgewright.compiler.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The schema gives the same verdict as the reader on every case of [ManifestCases].
class ManifestSchemaTest {
  static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ManifestCases.resource("manifest.schema.json"));

  @ParameterizedTest
  @MethodSource("good")
  void acceptsWhatTheReaderAccepts(String json) {
    assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatTheReaderRefuses(ManifestCases.Bad bad) {
    assertThat(SCHEMA.validate(bad.json(), InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("good")
  void acceptsNormalForms(String json) {
    byte[] normal = ManifestReaderTest.read(json).normalisedJson();
    String text = new String(normal, UTF_8);
    assertThat(SCHEMA.validate(text, InputFormat.JSON)).isEmpty();
  }

  static Stream<String> good() {
    return ManifestCases.good();
  }

  static Stream<ManifestCases.Bad> bad() {
    return ManifestCases.bad();
  }
}
