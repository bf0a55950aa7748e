package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.tensor.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The part of a program that its users call: tables of inputs and outputs, `ew_describe`,
/// `ew_run`.
final class EntryPoint {
  /// What a kernel is given, and how tasks are handed out.
  static final String FRAME =
      """
      typedef struct {
        const uint8_t *weights;
        uint8_t *arena;
        const ew_tensor *inputs;
        ew_tensor *outputs;
        int64_t *counts;
        float threshold;
      } ew_call;

      """;

  private static final String HAND_OUT =
      """
      static void ew_tasks(ew_call *call, const ew_parallel *parallel,
                           void (*kernel)(void *argument, int64_t task), int64_t count) {
        if (parallel && count > 1) {
          parallel->run(parallel, kernel, call, count);
          return;
        }
        for (int64_t task = 0; task < count; ++task) {
          kernel(call, task);
        }
      }

      """;

  private final String name;
  private final String target;
  private final List<Port> inputs;
  private final List<Port> outputs;

  EntryPoint(String name, String target, List<Port> inputs, List<Port> outputs) {
    this.name = name;
    this.target = target;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /// The address of a graph output. A port with a number of rows known only at run time takes two
  /// graph outputs: its rows, and their count.
  String outputAddress(int slot) {
    int next = 0;
    for (int port = 0; port < outputs.size(); port++) {
      if (slot == next) {
        return "call->outputs[" + port + "].data";
      }
      next++;
      if (outputs.get(port) instanceof Port.Detections) {
        if (slot == next) {
          return "(call->counts + " + port + ")";
        }
        next++;
      }
    }
    throw new IllegalArgumentException("no port for output " + slot);
  }

  /// @param threshold the product's score threshold, and the self-test's, where there are
  ///   detections
  String print(
      List<LoopFunction> functions,
      WeightsFile weights,
      long arenaBytes,
      Optional<Thresholds> threshold) {
    return HAND_OUT
        + ports("ew_inputs", inputs)
        + ports("ew_outputs", outputs)
        + description(weights, arenaBytes)
        + identity(weights)
        + run(functions)
        + threshold
            .map(both -> entry("ew_run", both.product()) + entry("ew_run_golden", both.golden()))
            .orElseGet(() -> entry("ew_run", 0));
  }

  /// The score from which a detection counts.
  ///
  /// @param golden in the self-test: low enough that its frame has some
  record Thresholds(double product, double golden) {}

  private static String entry(String name, double threshold) {
    return """

    int %s(const void *weights, void *arena, const ew_tensor *inputs, ew_tensor *outputs,
           const ew_parallel *parallel) {
      return ew_infer(weights, arena, inputs, outputs, parallel, %s);
    }
    """
        .formatted(name, CText.number(threshold, true));
  }

  private String ports(String table, List<Port> ports) {
    return ports.stream()
        .map(EntryPoint::port)
        .collect(
            Collectors.joining(",\n", "static const ew_port " + table + "[] = {\n", ",\n};\n\n"));
  }

  private static String port(Port port) {
    String extents =
        port.shape().dimensions().stream()
            .map(d -> d instanceof Dimension.Fixed(long extent) ? Long.toString(extent) : "-1")
            .collect(Collectors.joining(", ", "{", "}"));
    return "  {%s, %d, %d, %d, %s, %d}"
        .formatted(
            CText.literal(port.name()),
            port.element().onnxCode(),
            port.kind(),
            port.shape().rank(),
            extents.equals("{}") ? "{0}" : extents,
            port.bytes());
  }

  private String description(WeightsFile weights, long arenaBytes) {
    return """
    static const ew_description ew_this = {
      EW_ABI, %s, %s, %d, %d, ew_inputs, ew_outputs, %d, %d,
    };

    const ew_description *ew_describe(void) { return &ew_this; }

    """
        .formatted(
            CText.literal(name),
            CText.literal(target),
            inputs.size(),
            outputs.size(),
            arenaBytes,
            weights.bytes());
  }

  private static String identity(WeightsFile weights) {
    String words =
        weights.identityWords().stream()
            .map("0x%016xu"::formatted)
            .collect(Collectors.joining(", "));
    return "static const uint64_t ew_weights_header[] = {" + words + "};\n\n";
  }

  private String run(List<LoopFunction> functions) {
    List<String> lines = new ArrayList<>();
    lines.add("static int ew_infer(const void *weights, void *arena, const ew_tensor *inputs,");
    lines.add("                    ew_tensor *outputs, const ew_parallel *parallel,");
    lines.add("                    float threshold) {");
    lines.add("  const uint64_t *header = weights;");
    lines.add("  for (int i = 0; i < %d; ++i) {".formatted(WeightsFile.HEADER_WORDS));
    lines.add("    if (header[i] != ew_weights_header[i]) return EW_ERROR_WEIGHTS;");
    lines.add("  }");
    checkShapes(lines);
    lines.add("  int64_t counts[%d];".formatted(outputs.size()));
    lines.add(
        "  ew_call call = {(const uint8_t *)weights + %d, arena, inputs, outputs, counts,"
            .formatted(WeightsFile.HEADER_BYTES));
    lines.add("                  threshold};");
    for (LoopFunction function : functions) {
      lines.add(
          "  ew_tasks(&call, parallel, %s, %d);".formatted(function.name(), function.tasks()));
    }
    answerShapes(lines);
    lines.add("  return EW_OK;");
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  private void checkShapes(List<String> lines) {
    for (int i = 0; i < inputs.size(); i++) {
      Port port = inputs.get(i);
      for (int axis = 0; axis < port.shape().rank(); axis++) {
        String extent = "inputs[%d].shape[%d]".formatted(i, axis);
        String wrong =
            switch (port.shape().dimensions().get(axis)) {
              case Dimension.Fixed(long fixed) -> "%s != %d".formatted(extent, fixed);
              case Dimension.Symbol _ ->
                  "%s < 1 || %s > %d".formatted(extent, extent, Port.Image.LARGEST_SIDE);
            };
        lines.add("  if (" + wrong + ") return EW_ERROR_SHAPE;");
      }
    }
  }

  private void answerShapes(List<String> lines) {
    for (int i = 0; i < outputs.size(); i++) {
      Port port = outputs.get(i);
      for (int axis = 0; axis < port.shape().rank(); axis++) {
        String extent =
            switch (port.shape().dimensions().get(axis)) {
              case Dimension.Fixed(long fixed) -> Long.toString(fixed);
              case Dimension.Symbol _ -> "counts[" + i + "]";
            };
        lines.add("  outputs[%d].shape[%d] = %s;".formatted(i, axis, extent));
      }
    }
  }
}
