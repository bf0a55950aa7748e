package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.toolchain.Sha256;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleTest {
  static Stream<NativeProgram> programs() {
    return Stream.of(
        TinyPrograms.line(4),
        TinyPrograms.identity(ElementType.BOOL, 3),
        TinyPrograms.dynamicRows(),
        TinyPrograms.brightChannels(),
        TinyPrograms.firstAndLastClass());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void describesItselfAsTheSchemaSays(NativeProgram program) throws Exception {
    String json = new String(manifest(program).json(Optional.empty()), UTF_8);
    assertThat(schemaErrors(json)).isEmpty();
  }

  @Test
  void describesAFootprintAsTheSchemaSays() throws Exception {
    Footprint footprint = new Footprint(14646, 264, 90560, 64000, 176);
    byte[] json = manifest(TinyPrograms.line(4)).json(Optional.of(footprint));
    assertThat(schemaErrors(new String(json, UTF_8))).isEmpty();
    JsonNode read = new ObjectMapper().readTree(json).path("footprint");
    assertThat(read.at("/flash/bytes").intValue()).isEqualTo(105470);
    assertThat(read.at("/ram/bytes").intValue()).isEqualTo(64176);
  }

  @Test
  void leavesOutHowToRunWhereNobodySaid() throws Exception {
    BundleManifest with = manifest(TinyPrograms.line(4));
    BundleManifest without =
        new BundleManifest(
            with.program(),
            with.target(),
            with.golden(),
            with.provenance(),
            Optional.empty(),
            with.entries());
    assertThat(schemaErrors(new String(without.json(Optional.empty()), UTF_8))).isEmpty();
    assertThat(new ObjectMapper().readTree(without.json(Optional.empty())).has("run")).isFalse();
  }

  @Test
  void listsEveryEntryWithItsDigest() throws Exception {
    List<BundleEntry> entries = entries();
    JsonNode listed = new ObjectMapper().readTree(entries.getFirst().bytes()).path("entries");
    assertThat(entries)
        .extracting(BundleEntry::path)
        .containsExactly(
            "bundle.json",
            "model",
            "libmodel.so",
            "model.h",
            "model.py",
            "weights.bin",
            "golden/input.bin",
            "golden/output.bin",
            "report.json",
            "LICENSES");
    for (int i = 1; i < entries.size(); i++) {
      JsonNode entry = listed.path(i - 1);
      assertThat(entry.path("path").textValue()).isEqualTo(entries.get(i).path());
      assertThat(entry.path("sha256").textValue()).isEqualTo(Sha256.hex(entries.get(i).bytes()));
    }
    assertThat(listed).hasSize(entries.size() - 1);
  }

  @Test
  void givesTheSameBytesAgain() {
    assertThat(BundleWriter.write(entries())).isEqualTo(BundleWriter.write(entries()));
  }

  @Test
  void reportsLayersAndOperators() throws Exception {
    NativeProgram program = TinyPrograms.line(4);
    JsonNode report =
        new ObjectMapper()
            .readTree(
                BundleReport.json(
                    program, TestBundle.target("host"), TestBundle.REPORT, Optional.empty()));
    assertThat(report.at("/layers/0/predictedMicros").doubleValue()).isEqualTo(0.5);
    assertThat(report.at("/operators/0/operator").textValue()).isEqualTo("Tiny");
    assertThat(report.at("/flops").longValue()).isEqualTo(2);
  }

  @Test
  void carriesTheLicenceOfTheProject() throws Exception {
    String project = System.getProperty("edgewright.project", "..");
    assertThat(new String(BundleResources.read("LICENSES"), UTF_8))
        .endsWith(Files.readString(Path.of(project, "LICENSE")));
  }

  private static List<BundleEntry> entries() {
    return TestBundle.entries(
        TinyPrograms.line(4), TestBundle.target("host"), TestBundle.noGolden(1));
  }

  private static BundleManifest manifest(NativeProgram program) {
    return new BundleManifest(
        program,
        TestBundle.target("host"),
        TestBundle.noGolden(1),
        TestBundle.PROVENANCE,
        Optional.of(new RunSettings(Map.of("everyMillis", 1000, "threads", 2))),
        List.of(BundleEntry.program("model", new byte[3])));
  }

  private static List<?> schemaErrors(String json) throws Exception {
    try (InputStream schema =
        Objects.requireNonNull(
            BundleTest.class.getResourceAsStream("/io/edgewright/api/bundle.schema.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(schema)
          .validate(json, InputFormat.JSON);
    }
  }
}
