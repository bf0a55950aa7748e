package io.edgewright.compiler.manifest;

import io.edgewright.compiler.diagnostics.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Good and bad manifests, for the reader and for the schema.
final class ManifestCases {
  static final List<String> EXAMPLES =
      List.of("blazeface", "mnist-raw", "picto-classify", "picto-detect", "ultraface", "yolox");

  private ManifestCases() {}

  /// A manifest that must be refused.
  ///
  /// @param code of the first problem
  /// @param pointer where that problem is
  record Bad(String json, ErrorCode code, String pointer) {
    @Override
    public String toString() {
      return json.length() > 120 ? json.substring(0, 120) + "..." : json;
    }
  }

  static String example(String name) {
    return resource("examples/manifest/" + name + ".json");
  }

  static String resource(String path) {
    try (InputStream stream =
        ManifestCases.class.getResourceAsStream("/io/edgewright/api/" + path)) {
      if (stream == null) {
        throw new IllegalArgumentException("no " + path + " in api-spec");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A manifest named `a` with more fields.
  static String with(String fields) {
    return "{\"name\": \"a\", " + fields.replace('\'', '"') + "}";
  }

  static String image(String fields) {
    return with("'inputs': {'x': {'kind': 'image', " + fields + "}}");
  }

  static String decode(String fields) {
    return with("'outputs': {'kind': 'detections', 'decode': {" + fields + "}}");
  }

  static Stream<String> good() {
    return Stream.concat(
        EXAMPLES.stream().map(ManifestCases::example),
        Stream.of(
            "{\"name\": \"a\"}",
            "{\"name\": \"a.b_c-1\"}",
            with("'targets': ['raspberry-pi-3', {'device': 'raspberry-pi-4'}]"),
            with("'targets': [{'device': 'host', 'precision': 'fp32'}], 'precision': 'fp32'"),
            with("'precision': 'fp32-direct'"),
            with("'dims': {'batch': 1, 'Größe [0]': 2147483647, 'n': 2.0}"),
            with("'dims': {'batch': {'maximum': 8}, 'n': 2}"),
            with("'inputs': {}"),
            with("'inputs': {'x': {'kind': 'tensor'}, 'a/b~c': {'kind': 'tensor'}}"),
            image("'color': 'gray', 'mean': [127], 'scale': [-1.5], 'layout': 'nhwc'"),
            image("'pixels': 'gray', 'mean': [1, 2, 3], 'scale': 1e-3"),
            image(
                "'resize': {'width': 1, 'height': 4096, 'fit': 'letterbox', 'padding': [0, 1, 255]}"),
            image("'color': 'gray', 'resize': {'fit': 'center-crop', 'padding': [12.5]}"),
            with("'outputs': {'kind': 'tensors'}"),
            with("'outputs': {'kind': 'classes'}"),
            with(
                "'outputs': {'kind': 'classes', 'softmax': true, 'top': 1000, 'labels': ['ä', '犬', '😀']}"),
            decode(
                "'family': 'boxes', 'boxes': 'b', 'scores': 's', 'format': 'corners-yx', 'unit': 'relative'"),
            decode(
                "'family': 'ssd', 'boxes': 'b', 'scores': 's', 'anchors': [], 'threshold': 0, 'maximum': 1000"),
            decode(
                "'family': 'ssd', 'boxes': 'b', 'scores': 's', 'variances': [0.1, 0.2],"
                    + " 'anchors': [{'stride': 8, 'sizes': [[10, 12.5], [1, 8192]]}]"),
            decode(
                "'family': 'blazeface', 'boxes': 'b', 'scores': 's', 'scale': 256, 'activation': 'none'"),
            decode(
                "'family': 'blazeface', 'boxes': 'b', 'scores': 's', 'anchors': [{'stride': 4, 'perCell': 1}]"),
            decode("'family': 'yolox', 'tensor': 't', 'strides': [8], 'nms': {}"),
            decode("'family': 'yolox', 'tensor': 't', 'nms': {'iou': 1, 'acrossClasses': true}"),
            with("'budget': {}, 'run': {}"),
            with("'run': {'limits': {'maximumCelsius': 60.5, 'maximumWatts': 0.5}}"),
            with("'run': {'limits': {'maximumMegahertz': 600}, 'everyMillis': 5}"),
            with("'run': {'results': {}}"),
            with(
                "'run': {'results': {'fields': ['detections'], 'threshold': 0.5, 'onChange': true,"
                    + " 'sampleRate': 0, 'batch': 1000, 'bytesPerDay': 1, 'keepBytes': 65536}}"),
            with(
                "'budget': {'latencyMillis': 0.5, 'memoryBytes': 1}, 'run': {'everyMillis': 0, 'threads': 64}")));
  }

  /// Refused by reader and schema alike.
  static Stream<Bad> bad() {
    return Stream.of(badFrame(), badInputs(), badOutputs()).flatMap(cases -> cases);
  }

  private static Stream<Bad> badFrame() {
    return Stream.of(
        invalid("[]", ""),
        invalid("null", ""),
        new Bad("{}", ErrorCode.MANIFEST_FIELD_MISSING, ""),
        invalid("{\"name\": \"\"}", "/name"),
        invalid("{\"name\": \"Person\"}", "/name"),
        invalid("{\"name\": \"-a\"}", "/name"),
        invalid("{\"name\": \"a/../b\"}", "/name"),
        invalid("{\"name\": \"a\\n\"}", "/name"),
        invalid("{\"name\": \"" + "a".repeat(65) + "\"}", "/name"),
        invalid("{\"name\": 1}", "/name"),
        invalid("{\"name\": null}", "/name"),
        new Bad(with("'target': 'host'"), ErrorCode.MANIFEST_FIELD_UNKNOWN, "/target"),
        new Bad(with("'a/b~c': 1"), ErrorCode.MANIFEST_FIELD_UNKNOWN, "/a~1b~0c"),
        invalid(with("'targets': 'host'"), "/targets"),
        invalid(with("'targets': []"), "/targets"),
        invalid(with("'targets': [" + "1, ".repeat(50) + "1]"), "/targets"),
        invalid(with("'targets': [3]"), "/targets/0"),
        new Bad(with("'targets': [{}]"), ErrorCode.MANIFEST_FIELD_MISSING, "/targets/0"),
        new Bad(
            with("'targets': [{'device': 'host', 'id': 1}]"),
            ErrorCode.MANIFEST_FIELD_UNKNOWN,
            "/targets/0/id"),
        new Bad(
            with("'targets': [{'device': 'host', 'precision': 'int8'}]"),
            ErrorCode.PRECISION_UNSUPPORTED,
            "/targets/0/precision"),
        new Bad(with("'precision': 'fp16'"), ErrorCode.PRECISION_UNSUPPORTED, "/precision"),
        invalid(with("'precision': 32"), "/precision"),
        invalid(with("'dims': {'n': 0}"), "/dims/n"),
        invalid(with("'dims': {'n': 1.5}"), "/dims/n"),
        invalid(with("'dims': {'n': '1'}"), "/dims/n"),
        invalid(with("'dims': {'n': 2147483648}"), "/dims/n"),
        invalid(with("'dims': {'n': {'maximum': 0}}"), "/dims/n/maximum"),
        invalid(with("'dims': {'n': {'maximum': '8'}}"), "/dims/n/maximum"),
        new Bad(with("'dims': {'n': {}}"), ErrorCode.MANIFEST_FIELD_MISSING, "/dims/n"),
        new Bad(
            with("'dims': {'n': {'maximum': 8, 'minimum': 1}}"),
            ErrorCode.MANIFEST_FIELD_UNKNOWN,
            "/dims/n/minimum"),
        invalid(with("'dims': {'': 1}"), "/dims"),
        invalid(with("'dims': [1]"), "/dims"),
        invalid(with("'budget': 5"), "/budget"),
        invalid(with("'budget': {'latencyMillis': 0}"), "/budget/latencyMillis"),
        invalid(with("'budget': {'latencyMillis': 1e999}"), "/budget/latencyMillis"),
        invalid(with("'budget': {'memoryBytes': 1.5}"), "/budget/memoryBytes"),
        invalid(with("'run': {'threads': 0}"), "/run/threads"),
        invalid(with("'run': {'everyMillis': -1}"), "/run/everyMillis"),
        new Bad(with("'run': {'every': 1}"), ErrorCode.MANIFEST_FIELD_UNKNOWN, "/run/every"),
        invalid(with("'run': {'limits': {'maximumCelsius': 19}}"), "/run/limits/maximumCelsius"),
        invalid(
            with("'run': {'limits': {'maximumMegahertz': 0.5}}"), "/run/limits/maximumMegahertz"),
        invalid(with("'run': {'limits': {'maximumWatts': 0}}"), "/run/limits/maximumWatts"),
        invalid(with("'run': {'results': true}"), "/run/results"),
        invalid(with("'run': {'results': {'fields': []}}"), "/run/results/fields"),
        invalid(with("'run': {'results': {'fields': ['']}}"), "/run/results/fields/0"),
        invalid(with("'run': {'results': {'threshold': 2}}"), "/run/results/threshold"),
        invalid(with("'run': {'results': {'onChange': 'yes'}}"), "/run/results/onChange"),
        invalid(with("'run': {'results': {'sampleRate': -0.1}}"), "/run/results/sampleRate"),
        invalid(with("'run': {'results': {'batch': 0}}"), "/run/results/batch"),
        invalid(with("'run': {'results': {'bytesPerDay': -1}}"), "/run/results/bytesPerDay"),
        invalid(with("'run': {'results': {'keepBytes': 100}}"), "/run/results/keepBytes"));
  }

  private static Stream<Bad> badInputs() {
    return Stream.of(
        invalid(with("'inputs': []"), "/inputs"),
        invalid(with("'inputs': {'x': 'image'}"), "/inputs/x"),
        invalid(with("'inputs': {'a\\u0007b': {'kind': 'tensor'}}"), "/inputs"),
        new Bad(with("'inputs': {'x': {}}"), ErrorCode.MANIFEST_FIELD_MISSING, "/inputs/x"),
        invalid(with("'inputs': {'x': {'kind': 'picture'}}"), "/inputs/x/kind"),
        new Bad(
            with("'inputs': {'x': {'kind': 'tensor', 'color': 'rgb'}}"),
            ErrorCode.MANIFEST_FIELD_UNKNOWN,
            "/inputs/x/color"),
        new Bad(image("'colour': 'rgb'"), ErrorCode.MANIFEST_FIELD_UNKNOWN, "/inputs/x/colour"),
        invalid(image("'color': 'RGB'"), "/inputs/x/color"),
        invalid(image("'pixels': 'yuv'"), "/inputs/x/pixels"),
        invalid(image("'layout': 'hwc'"), "/inputs/x/layout"),
        invalid(image("'mean': [1, 2]"), "/inputs/x/mean"),
        invalid(image("'mean': [1, 2, 3, 4]"), "/inputs/x/mean"),
        invalid(image("'mean': [1, 2, '3']"), "/inputs/x/mean/2"),
        invalid(image("'mean': 1e7"), "/inputs/x/mean"),
        invalid(image("'mean': null"), "/inputs/x/mean"),
        invalid(image("'scale': 0"), "/inputs/x/scale"),
        invalid(image("'scale': -0.0"), "/inputs/x/scale"),
        invalid(image("'scale': [1, 0, 1]"), "/inputs/x/scale"),
        invalid(image("'scale': '1/255'"), "/inputs/x/scale"),
        invalid(image("'color': 'gray', 'mean': [1, 2, 3]"), "/inputs/x/mean"),
        invalid(image("'color': 'bgr', 'scale': [1]"), "/inputs/x/scale"),
        invalid(image("'resize': 320"), "/inputs/x/resize"),
        invalid(image("'resize': {'width': 0}"), "/inputs/x/resize/width"),
        invalid(image("'resize': {'height': 4097}"), "/inputs/x/resize/height"),
        invalid(image("'resize': {'fit': 'contain'}"), "/inputs/x/resize/fit"),
        invalid(image("'resize': {'padding': 256}"), "/inputs/x/resize/padding"),
        invalid(image("'resize': {'padding': [1, 2]}"), "/inputs/x/resize/padding"),
        new Bad(
            image("'resize': {'heigth': 4}"),
            ErrorCode.MANIFEST_FIELD_UNKNOWN,
            "/inputs/x/resize/heigth"));
  }

  private static Stream<Bad> badOutputs() {
    String ssd = "'family': 'ssd', 'boxes': 'b', 'scores': 's', ";
    String at = "/outputs/decode";
    return Stream.of(
        invalid(with("'outputs': 'tensors'"), "/outputs"),
        new Bad(with("'outputs': {}"), ErrorCode.MANIFEST_FIELD_MISSING, "/outputs"),
        invalid(with("'outputs': {'kind': 'boxes'}"), "/outputs/kind"),
        new Bad(
            with("'outputs': {'kind': 'tensors', 'labels': []}"),
            ErrorCode.MANIFEST_FIELD_UNKNOWN,
            "/outputs/labels"),
        invalid(with("'outputs': {'kind': 'classes', 'softmax': 1}"), "/outputs/softmax"),
        invalid(with("'outputs': {'kind': 'classes', 'top': 0}"), "/outputs/top"),
        invalid(with("'outputs': {'kind': 'classes', 'tensor': ''}"), "/outputs/tensor"),
        invalid(with("'outputs': {'kind': 'classes', 'labels': ['a', '']}"), "/outputs/labels/1"),
        invalid(with("'outputs': {'kind': 'classes', 'labels': 'a'}"), "/outputs/labels"),
        invalid(
            with("'outputs': {'kind': 'classes', 'labels': ['a\\u0000']}"), "/outputs/labels/0"),
        invalid(
            with("'outputs': {'kind': 'classes', 'labels': [" + "'a',".repeat(10_000) + "'a']}"),
            "/outputs/labels"),
        new Bad(
            with("'outputs': {'kind': 'detections'}"),
            ErrorCode.MANIFEST_FIELD_MISSING,
            "/outputs"),
        new Bad(decode("'boxes': 'b'"), ErrorCode.MANIFEST_FIELD_MISSING, at),
        invalid(decode("'family': 'yolov3'"), at + "/family"),
        new Bad(decode("'family': 'boxes', 'boxes': 'b'"), ErrorCode.MANIFEST_FIELD_MISSING, at),
        new Bad(decode("'family': 'yolox'"), ErrorCode.MANIFEST_FIELD_MISSING, at),
        new Bad(
            decode("'family': 'yolox', 'tensor': 't', 'boxes': 'b'"),
            ErrorCode.MANIFEST_FIELD_UNKNOWN,
            at + "/boxes"),
        invalid(decode("'family': 'yolox', 'tensor': 't', 'strides': []"), at + "/strides"),
        invalid(decode("'family': 'yolox', 'tensor': 't', 'strides': [8, 0]"), at + "/strides/1"),
        invalid(decode(ssd + "'threshold': 1.01"), at + "/threshold"),
        invalid(decode(ssd + "'nms': {'iou': -0.1}"), at + "/nms/iou"),
        invalid(
            decode(ssd + "'nms': {'iou': 0.5, 'acrossClasses': 'no'}"), at + "/nms/acrossClasses"),
        new Bad(
            decode(ssd + "'nms': {'IoU': 0.5}"), ErrorCode.MANIFEST_FIELD_UNKNOWN, at + "/nms/IoU"),
        invalid(decode(ssd + "'nms': 0.5"), at + "/nms"),
        invalid(decode(ssd + "'maximum': 0"), at + "/maximum"),
        invalid(decode(ssd + "'activation': 'relu'"), at + "/activation"),
        invalid(decode(ssd + "'background': true"), at + "/background"),
        invalid(decode(ssd + "'variances': [0.1]"), at + "/variances"),
        invalid(decode(ssd + "'variances': [0.1, 0]"), at + "/variances/1"),
        new Bad(
            decode(ssd + "'anchors': [{'stride': 8}]"),
            ErrorCode.MANIFEST_FIELD_MISSING,
            at + "/anchors/0"),
        invalid(
            decode(ssd + "'anchors': [{'stride': 8, 'sizes': [[1]]}]"), at + "/anchors/0/sizes/0"),
        invalid(
            decode(ssd + "'anchors': [{'stride': 8, 'sizes': [[1, 0]]}]"),
            at + "/anchors/0/sizes/0/1"),
        new Bad(
            decode(
                "'family': 'blazeface', 'boxes': 'b', 'scores': 's', 'anchors': [{'stride': 8}]"),
            ErrorCode.MANIFEST_FIELD_MISSING,
            at + "/anchors/0"),
        invalid(
            decode("'family': 'blazeface', 'boxes': 'b', 'scores': 's', 'anchors': []"),
            at + "/anchors"),
        invalid(
            decode("'family': 'blazeface', 'boxes': 'b', 'scores': 's', 'scale': 0"),
            at + "/scale"));
  }

  private static Bad invalid(String json, String pointer) {
    return new Bad(json, ErrorCode.MANIFEST_VALUE_INVALID, pointer);
  }
}
