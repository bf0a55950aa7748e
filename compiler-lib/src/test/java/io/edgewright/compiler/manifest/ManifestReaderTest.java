package io.edgewright.compiler.manifest;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.InputDescription.Color;
import io.edgewright.compiler.manifest.InputDescription.Fit;
import io.edgewright.compiler.manifest.InputDescription.Image;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReaderTest {
  @Test
  void readsEveryFieldOfAnImage() {
    Manifest manifest = read(ManifestCases.example("yolox"));

    assertThat(manifest.inputs())
        .isEqualTo(
            Map.of(
                "images",
                new Image(
                    Color.BGR,
                    Color.RGB,
                    Optional.of(192),
                    Optional.of(192),
                    Fit.LETTERBOX_TOP_LEFT,
                    List.of(114.0, 114.0, 114.0),
                    List.of(0.0, 0.0, 0.0),
                    List.of(1.0, 1.0, 1.0),
                    Optional.empty())));
  }

  @Test
  void readsWhatComesOutAndWhatItMayCost() {
    Manifest manifest = read(ManifestCases.example("yolox"));

    assertThat(manifest.output())
        .isEqualTo(
            new OutputDescription.Detections(
                new Decode.Yolox(
                    "output", List.of(8, 16, 32), new Decode.Selection(0.3, 0.45, false, 50)),
                List.of("person")));
    assertThat(manifest.budget())
        .isEqualTo(new Budget(Optional.of(100.0), Optional.of(67_108_864L)));
    assertThat(manifest.run()).isEqualTo(new RunPlan(1000, 2, RunLimits.NONE, Optional.empty()));
    assertThat(manifest.targets())
        .containsExactly(
            new TargetChoice("raspberry-pi-5", Precision.FP32),
            new TargetChoice("x86-64-v3", Precision.FP32));
  }

  @Test
  void readsHowTheDeviceIsSparedAndWhatItTells() {
    RunPlan run =
        read(ManifestCases.with(
                "'run': {'limits': {'maximumCelsius': 70, 'maximumMegahertz': 600},"
                    + " 'results': {'fields': ['scores', 'boxes', 'scores'], 'threshold': 0.6,"
                    + " 'onChange': true, 'sampleRate': 0.1, 'bytesPerDay': 0}}"))
            .run();

    assertThat(run.limits())
        .isEqualTo(new RunLimits(Optional.of(70.0), Optional.of(600), Optional.empty()));
    assertThat(run.results())
        .contains(
            new ResultPolicy(
                Optional.of(List.of("boxes", "scores")), 0.6, true, 0.1, 100, 0, 16 << 20));
  }

  @Test
  void takesWhatIsNotSaidAsARawManifestDoes() {
    assertThat(read("{\"name\": \"a\"}")).isEqualTo(Manifest.raw("a"));
  }

  @Test
  void expectsGrayFramesForGrayNetworksAndRgbForAllOthers() {
    assertThat(pixels("'color': 'gray'")).isEqualTo(Color.GRAY);
    assertThat(pixels("'color': 'bgr'")).isEqualTo(Color.RGB);
    assertThat(pixels("'color': 'gray', 'pixels': 'bgr'")).isEqualTo(Color.BGR);
  }

  @ParameterizedTest
  @MethodSource("good")
  void acceptsEveryGoodManifest(String json) {
    assertThat(read(json).name()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void saysWhatIsWrongAndWhere(ManifestCases.Bad bad) {
    Problem problem = problems(bad.json()).getFirst();

    assertThat(problem.code()).isEqualTo(bad.code());
    assertThat(problem.where()).isEqualTo(Location.manifest(bad.pointer()));
    assertThat(List.of(problem.seen(), problem.allowed(), problem.hint()))
        .allMatch(text -> !text.isBlank() && text.length() < 400);
  }

  @Test
  void tellsAllProblemsAtOnce() {
    List<Problem> problems =
        problems(
            """
            {"name": "Person", "targets": ["raspberrypi-3", "host", "host"], "precision": "int8",
             "inputs": {"images": {"kind": "image", "colour": "rgb", "mean": [1, 2]}},
             "outputs": {"kind": "detections", "decode": {"family": "yolo", "threshold": 2}},
             "budget": {"latencyMillis": "100"}, "extra": 1}
            """);

    assertThat(problems)
        .extracting(problem -> problem.code().id() + " " + problem.where())
        .containsExactlyInAnyOrder(
            "EW-2004 manifest /name",
            "EW-2101 manifest /targets/0",
            "EW-2004 manifest /targets/2",
            "EW-2005 manifest /precision",
            "EW-2002 manifest /inputs/images/colour",
            "EW-2004 manifest /inputs/images/mean",
            "EW-2004 manifest /outputs/decode/family",
            "EW-2004 manifest /budget/latencyMillis",
            "EW-2002 manifest /extra");
  }

  @Test
  void suggestsWhatWasProbablyMeant() {
    assertThat(hint(ManifestCases.with("'target': ['host']"))).contains("`targets`");
    assertThat(hint(ManifestCases.with("'targets': ['rasberry-pi-4']")))
        .contains("`raspberry-pi-4`");
    assertThat(hint(ManifestCases.image("'resize': {'fit': 'leterbox'}"))).contains("`letterbox`");
    assertThat(hint(ManifestCases.with("'inputs': {'x': {'kind': 'imagee'}}"))).contains("`image`");
    assertThat(hint(ManifestCases.with("'run': {'threads': '2'}"))).contains("without quotes");
  }

  @Test
  void listsTheTargetsThereAre() {
    Problem problem = problems(ManifestCases.with("'targets': ['toaster']")).getFirst();

    assertThat(problem.code()).isEqualTo(ErrorCode.TARGET_UNKNOWN);
    assertThat(problem.allowed()).contains("`host`", "`raspberry-pi-3`", "`x86-64-v3`");
  }

  @Test
  void refusesWhatIsNotJson() {
    Stream.of(
            "",
            "{",
            "{\"name\": \"a\"} x",
            "{\"name\": \"a\", \"name\": \"b\"}",
            "\u0000",
            "{'a': 1}")
        .forEach(json -> assertThat(codes(json)).containsExactly(ErrorCode.MANIFEST_UNREADABLE));
    assertThat(problems("{\"name\": \n oops}").getFirst().seen()).contains("line 2");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(codes("[".repeat(100_000))).containsExactly(ErrorCode.MANIFEST_UNREADABLE);
  }

  @Test
  void refusesTextsThatHaveNoUtf8() {
    assertThat(codes(ManifestCases.with("'inputs': {'\\ud800': {'kind': 'tensor'}}")))
        .containsExactly(ErrorCode.MANIFEST_VALUE_INVALID);
    assertThat(codes(ManifestCases.with("'outputs': {'kind': 'classes', 'labels': ['\\udc00']}")))
        .containsExactly(ErrorCode.MANIFEST_VALUE_INVALID);
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    byte[] bytes = "{\"name\": \"a\"}".getBytes(UTF_16LE);
    assertThat(codes(bytes)).containsExactly(ErrorCode.MANIFEST_UNREADABLE);
    assertThat(codes(new byte[] {'"', (byte) 0xFF, '"'}))
        .containsExactly(ErrorCode.MANIFEST_UNREADABLE);
  }

  @Test
  void refusesMoreThanTheLimit() {
    byte[] largest =
        "{\"name\": \"a\"}".concat(" ".repeat(ManifestReader.MOST_BYTES - 13)).getBytes(UTF_8);
    assertThat(ManifestReader.read(largest)).isEqualTo(Manifest.raw("a"));

    assertThat(codes(new byte[ManifestReader.MOST_BYTES + 1]))
        .containsExactly(ErrorCode.MANIFEST_TOO_LARGE);
  }

  @Test
  void staysShortWhenEverythingIsWrong() {
    String labels = "0,".repeat(9_999) + "0";
    List<Problem> problems =
        problems(ManifestCases.with("'outputs': {'kind': 'classes', 'labels': [" + labels + "]}"));
    assertThat(problems).hasSize(100);
  }

  private static Color pixels(String fields) {
    return ((Image) read(ManifestCases.image(fields)).inputs().values().iterator().next()).pixels();
  }

  private static String hint(String json) {
    return problems(json).getFirst().hint();
  }

  static Manifest read(String json) {
    return ManifestReader.read(json.getBytes(UTF_8));
  }

  private static List<ErrorCode> codes(String json) {
    return codes(json.getBytes(UTF_8));
  }

  private static List<ErrorCode> codes(byte[] json) {
    return problems(json).stream().map(Problem::code).toList();
  }

  private static List<Problem> problems(String json) {
    return problems(json.getBytes(UTF_8));
  }

  private static List<Problem> problems(byte[] json) {
    return catchThrowableOfType(CompileException.class, () -> ManifestReader.read(json)).problems();
  }

  static Stream<String> good() {
    return ManifestCases.good();
  }

  static Stream<ManifestCases.Bad> bad() {
    return ManifestCases.bad();
  }
}
