package io.edgewright.compiler.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalFormTest {
  @Test
  void fillsInEveryDefaultAndSortsTheKeys() {
    assertThat(normal("{\"name\": \"a\"}"))
        .isEqualTo(
            """
            {"budget":{},"dims":{},"inputs":{},"name":"a","outputs":{"kind":"tensors"},\
            "run":{"everyMillis":0,"threads":1},\
            "targets":[{"device":"host","precision":"fp32"}]}\
            """);
  }

  @Test
  void givesManifestsOfTheSameMeaningTheSameBytes() {
    String spelledOut =
        """
        {"run": {"threads": 1.0, "everyMillis": 0}, "precision": "fp32",
         "targets": [{"device": "x86-64-v3"}, "host"], "name": "a", "dims": {},
         "inputs": {"y": {"kind": "tensor"},
                    "x": {"kind": "image", "scale": [5e-1, 0.50, 0.5], "pixels": "rgb",
                          "mean": [127.0, 127, 1.27e2],
                          "resize": {"padding": [9, 9, 9], "fit": "stretch"}}},
         "outputs": {"labels": [], "kind": "detections",
                     "decode": {"family": "ssd", "boxes": "b", "scores": "s", "anchors": [],
                                "variances": [1, 1], "nms": {}}}}
        """;
    String terse =
        """
        {"name": "a", "targets": ["host", "x86-64-v3"],
         "inputs": {"x": {"kind": "image", "mean": 127, "scale": 0.5}},
         "outputs": {"kind": "detections", "decode": {"family": "ssd", "boxes": "b", "scores": "s"}}}
        """;
    assertThat(normal(spelledOut)).isEqualTo(normal(terse));
  }

  @Test
  void givesEveryDifferenceThatMattersOtherBytes() {
    assertThat(ManifestCases.good().filter(json -> !isSilent(json)).map(NormalFormTest::normal))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("good")
  void isReadBackToItself(String json) {
    assertThat(normal(normal(json))).isEqualTo(normal(json));
  }

  /// Cases that only spell out defaults.
  private static boolean isSilent(String json) {
    return Stream.of("'inputs': {}", "'kind': 'tensor", "'budget': {}", "'precision': 'fp32'")
        .anyMatch(part -> json.contains(part.replace('\'', '"')) && json.length() < 120);
  }

  private static String normal(String json) {
    return new String(ManifestReaderTest.read(json).normalisedJson(), UTF_8);
  }

  static Stream<String> good() {
    return ManifestCases.good();
  }
}
