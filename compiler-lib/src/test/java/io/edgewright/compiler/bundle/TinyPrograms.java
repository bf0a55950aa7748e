package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgewright.compiler.codegen.LayerCost;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Networks small enough to be written by hand, one for each thing that a bundle must do.
final class TinyPrograms {
  private TinyPrograms() {}

  /// y = 2 x + 1, where 2 and 1 are the weights; `count` floats.
  static NativeProgram line(int count) {
    return program(
        "line",
        Port.Raw.of("x", ElementType.FLOAT32, Shape.of(count)),
        Port.Raw.of("y", ElementType.FLOAT32, Shape.of(count)),
        """
        typedef struct { const float *weights, *x; float *y; } line;
        static void element(void *argument, int64_t i) {
          const line *l = argument;
          l->y[i] = l->weights[0] * l->x[i] + l->weights[1];
        }
        static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                           const ew_parallel *parallel) {
          line l = {weights, in->data, out->data};
          out->shape[0] = %1$d;
          if (parallel) {
            parallel->run(parallel, element, &l, %1$d);
          } else {
            for (int i = 0; i < %1$d; i++) element(&l, i);
          }
          return EW_OK;
        }
        """
            .formatted(count),
        2,
        1);
  }

  /// y = x, for any element type.
  static NativeProgram identity(ElementType element, int count) {
    return program(
        "identity",
        Port.Raw.of("x", element, Shape.of(count)),
        Port.Raw.of("y", element, Shape.of(count)),
        """
        static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                           const ew_parallel *parallel) {
          for (int i = 0; i < %d; i++) ((char *)out->data)[i] = ((const char *)in->data)[i];
          out->shape[0] = %d;
          return EW_OK;
        }
        """
            .formatted(count * element.bytes(), count));
  }

  /// Three numbers of every element type, in and out as they are.
  static NativeProgram everyType() {
    return program(
        "types",
        Stream.of(ElementType.values()).map(element -> three("in_", element)).toList(),
        Stream.of(ElementType.values()).map(element -> three("out_", element)).toList(),
        """
        static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                           const ew_parallel *parallel) {
          for (unsigned port = 0; port < sizeof inputs / sizeof *inputs; port++) {
            for (unsigned i = 0; i < inputs[port].bytes; i++) {
              ((char *)out[port].data)[i] = ((const char *)in[port].data)[i];
            }
            out[port].shape[0] = 3;
          }
          return EW_OK;
        }
        """);
  }

  private static Port three(String prefix, ElementType element) {
    return Port.Raw.of(prefix + element.text(), element, Shape.of(3));
  }

  /// Rows of floats of which only the call knows the number, doubled.
  static NativeProgram dynamicRows() {
    Shape shape = new Shape(List.of(Dimension.range("rows", 10), Dimension.of(2)));
    return program(
        "rows",
        new Port.Raw("x", ElementType.FLOAT32, shape, 80),
        new Port.Raw("y", ElementType.FLOAT32, shape, 80),
        """
        static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                           const ew_parallel *parallel) {
          out->shape[0] = in->shape[0];
          out->shape[1] = 2;
          for (int i = 0; i < 2 * in->shape[0]; i++) {
            ((float *)out->data)[i] = 2 * ((const float *)in->data)[i];
          }
          return EW_OK;
        }
        """);
  }

  /// One detection for every channel of the picture that is not black: the whole picture, its mean
  /// as the score.
  static NativeProgram brightChannels() {
    return program(
        "bright",
        new Port.Image("picture", Port.Color.RGB),
        new Port.Detections("found", List.of("red \"light\"", "gr\u00fcn"), 3),
        """
        static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                           const ew_parallel *parallel) {
          const unsigned char *pixels = in->data;
          float *row = out->data;
          int64_t count = in->shape[0] * in->shape[1];
          out->shape[0] = 0;
          out->shape[1] = 6;
          for (int c = 0; c < 3; c++) {
            float sum = 0;
            for (int64_t i = 0; i < count; i++) sum += pixels[3 * i + c];
            if (sum == 0) continue;
            row[0] = row[1] = 0;
            row[2] = (float)in->shape[1];
            row[3] = (float)in->shape[0];
            row[4] = sum / (255 * (float)count);
            row[5] = (float)c;
            row += 6;
            out->shape[0]++;
          }
          return EW_OK;
        }
        """);
  }

  /// y = the first pixel of a gray picture + the sum of rows of which only the call knows the
  /// number.
  static NativeProgram pixelPlusRows() {
    Shape shape = new Shape(List.of(Dimension.of("rows"), Dimension.of(2)));
    return program(
        "both",
        List.of(
            new Port.Image("a\\\"b", Port.Color.GRAY),
            new Port.Raw("x", ElementType.FLOAT32, shape, 80)),
        List.of(Port.Raw.of("y", ElementType.FLOAT32, Shape.of(1))),
        """
        static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                           const ew_parallel *parallel) {
          float sum = *(const unsigned char *)in[0].data;
          for (int i = 0; i < 2 * in[1].shape[0]; i++) sum += ((const float *)in[1].data)[i];
          *(float *)out->data = sum;
          out->shape[0] = 1;
          return EW_OK;
        }
        """);
  }

  /// Two classes out of four numbers: the first and the last.
  static NativeProgram firstAndLastClass() {
    return program(
        "ends",
        Port.Raw.of("x", ElementType.FLOAT32, Shape.of(4)),
        new Port.Classes("class", List.of("a", "b", "c", "d"), 2),
        """
        static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                           const ew_parallel *parallel) {
          const float *x = in->data;
          float *rows = out->data;
          rows[0] = 0, rows[1] = x[0], rows[2] = 3, rows[3] = x[3];
          out->shape[0] = out->shape[1] = 2;
          return EW_OK;
        }
        """);
  }

  /// As [#line], but does `body` first.
  static NativeProgram lineThat(String declarations, String body) {
    NativeProgram line = line(1);
    String source = line.cSource();
    return withSource(
        line,
        source
            .replace("typedef struct {", declarations + "\ntypedef struct {")
            .replace("line l = {", body + "\n  line l = {"));
  }

  static NativeProgram withSource(NativeProgram program, String cSource) {
    return new NativeProgram(
        program.name(),
        cSource,
        program.compilerFlags(),
        program.weights(),
        program.inputs(),
        program.outputs(),
        program.arenaBytes(),
        program.layers());
  }

  private static NativeProgram program(
      String name, Port input, Port output, String compute, float... weights) {
    return program(name, List.of(input), List.of(output), compute, weights);
  }

  static NativeProgram program(
      String name, List<Port> inputs, List<Port> outputs, String compute, float... weights) {
    String head =
        """
        #include "model.h"
        #define NAME "%s"
        #define INPUTS %s
        #define OUTPUTS %s
        #define WEIGHT_COUNT %d
        #define ARENA_BYTES 4096
        """
            .formatted(name, initialisers(inputs), initialisers(outputs), weights.length);
    return new NativeProgram(
        name,
        head + new String(BundleResources.read("tiny.c"), UTF_8) + compute,
        List.of(),
        weightsFile(weights),
        inputs,
        outputs,
        4096,
        List.of(new LayerCost(name, "Tiny", 2, 8, 8, 8, 0.5)));
  }

  private static String initialisers(List<Port> ports) {
    return ports.stream().map(TinyPrograms::initialiser).collect(Collectors.joining(", "));
  }

  private static String initialiser(Port port) {
    String extents =
        port.shape().dimensions().stream()
            .map(d -> d instanceof Dimension.Fixed(long extent) ? Long.toString(extent) : "-1")
            .collect(Collectors.joining(", ", "{", "}"));
    return "{\"%s\", %d, %d, %d, %s, %d}"
        .formatted(
            port.name(),
            port.element().onnxCode(),
            port.kind(),
            port.shape().rank(),
            extents,
            port.bytes());
  }

  private static byte[] weightsFile(float... weights) {
    byte[] file = new byte[64 + 4 * weights.length];
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put("EWWEIGHT".getBytes(UTF_8)).putLong(file.length).position(64);
    buffer.asFloatBuffer().put(weights);
    return file;
  }
}
