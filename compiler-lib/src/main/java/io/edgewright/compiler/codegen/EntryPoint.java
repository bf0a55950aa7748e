package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.tensor.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The part of a program that its users call: tables of inputs and outputs, `ew_describe`,
/// `ew_run`.
final class EntryPoint {
  /// Above what users call.
  static final String SECTION =
      "/* ---------------- What users call: see model.h ---------------- */\n\n";

  private static final List<String> KINDS =
      List.of("EW_TENSOR", "EW_IMAGE", "EW_CLASSES", "EW_DETECTIONS");

  private static final String HAND_OUT =
      """
      /* Runs a kernel once for every task. */
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

  /// What a kernel is given.
  ///
  /// @param threshold whether there are detections
  /// @param numbers whether there are extents that only a call knows
  static String frame(boolean threshold, boolean numbers) {
    String found =
        """
          int64_t *counts; /* rows of each output, where only the call knows */
          float threshold; /* the score from which a detection counts */
        """;
    String extents = "  int64_t *numbers; /* extents that only the call knows */\n";
    return """
    /* One call of ew_run. */
    typedef struct {
      const void *weights; /* weights.bin behind its header */
      void *arena;
      const ew_tensor *inputs;
      ew_tensor *outputs;
    %s} ew_call;

    """
        .formatted((threshold ? found : "") + (numbers ? extents : ""));
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
          return "call->counts + " + port;
        }
        next++;
      }
    }
    throw new IllegalArgumentException("no port for output " + slot);
  }

  /// @param steps the text of the program's steps, one a line
  /// @param threshold the product's score threshold, and the self-test's, where there are
  ///   detections
  String print(
      Program program, List<String> steps, WeightsFile weights, Optional<Thresholds> threshold) {
    return SECTION
        + HAND_OUT
        + ports("ew_inputs", inputs)
        + ports("ew_outputs", outputs)
        + tables(program)
        + description(weights, program)
        + identity(weights)
        + run(program, steps, threshold.isPresent())
        + threshold
            .map(both -> entry("ew_run", both.product()) + entry("ew_run_golden", both.golden()))
            .orElse("");
  }

  /// The score from which a detection counts.
  ///
  /// @param golden in the self-test: low enough that its frame has some
  record Thresholds(double product, double golden) {}

  private static String entry(String name, double threshold) {
    return """

    int %s(const void *weights, void *arena, const ew_tensor *inputs, ew_tensor *outputs,
    %s  const ew_parallel *parallel) {
      return ew_infer(weights, arena, inputs, outputs, parallel, %s);
    }
    """
        .formatted(name, " ".repeat(name.length() + 3), CText.number(threshold, true));
  }

  private static String ports(String table, List<Port> ports) {
    return ports.stream()
        .map(EntryPoint::port)
        .collect(Collectors.joining("", "static const ew_port " + table + "[] = {\n", "};\n\n"));
  }

  private static String port(Port port) {
    String extents =
        port.shape().dimensions().stream()
            .map(d -> d instanceof Dimension.Fixed fixed ? fixed.toString() : "-1")
            .collect(Collectors.joining(", ", "{", "}"));
    return """
      {.name = %s, .type = %d /* %s */, .kind = %s,
       .rank = %d, .shape = %s, .bytes = %d},
    """
        .formatted(
            CText.literal(port.name()),
            port.element().onnxCode(),
            port.element().text(),
            KINDS.get(port.kind()),
            port.shape().rank(),
            extents.equals("{}") ? "{0}" : extents,
            port.bytes());
  }

  /// Nothing where there are none.
  private static String tables(Program program) {
    return program.tables().stream()
        .map(table ->
            "  {.first = %d, .bytes = %d},\n"
                .formatted(WeightsFile.HEADER_BYTES + table.slot(), table.bytes()))
        .reduce(String::concat)
        .map(lines -> "static const ew_table ew_tables[] = {\n" + lines + "};\n\n")
        .orElse("");
  }

  private String description(WeightsFile weights, Program program) {
    int tables = program.tables().size();
    return """
    static const ew_description ew_this = {
      .abi = EW_ABI,
      .name = %s,
      .target = %s,
      .input_count = %d, .inputs = ew_inputs,
      .output_count = %d, .outputs = ew_outputs,
      .arena_bytes = %d,
      .weights_bytes = %d,%s
    };

    const ew_description *ew_describe(void) { return &ew_this; }

    """
        .formatted(
            CText.literal(name),
            CText.literal(target),
            inputs.size(),
            outputs.size(),
            program.memory().arenaBytes(),
            weights.bytes(),
            tables == 0 ? "" : "\n  .table_count = %d, .tables = ew_tables,".formatted(tables));
  }

  private static String identity(WeightsFile weights) {
    String words =
        weights.identityWords().stream()
            .map("  0x%016xu,\n"::formatted)
            .collect(Collectors.joining());
    return """
    enum { EW_HEADER_WORDS = %d, EW_HEADER_BYTES = %d };

    /* How weights.bin begins: magic word, size, digest. */
    static const uint64_t ew_weights_header[EW_HEADER_WORDS] = {
    %s};

    """
        .formatted(WeightsFile.HEADER_WORDS, WeightsFile.HEADER_BYTES, words);
  }

  private String run(Program program, List<String> steps, boolean threshold) {
    List<String> lines = new ArrayList<>();
    if (threshold) {
      lines.add("static int ew_infer(const void *weights, void *arena, const ew_tensor *inputs,");
      lines.add("                    ew_tensor *outputs, const ew_parallel *parallel,");
      lines.add("                    float threshold) {");
    } else {
      lines.add("int ew_run(const void *weights, void *arena, const ew_tensor *inputs,");
      lines.add("           ew_tensor *outputs, const ew_parallel *parallel) {");
    }
    lines.add("  const uint64_t *header = weights;");
    lines.add("  for (int i = 0; i < EW_HEADER_WORDS; ++i) {");
    lines.add("    if (header[i] != ew_weights_header[i]) return EW_ERROR_WEIGHTS;");
    lines.add("  }");
    ShapeChecks shapes = new ShapeChecks(program.numbers());
    if (!program.numbers().isEmpty()) {
      lines.add("  int64_t numbers[%d] = {0};".formatted(program.numbers().size()));
    }
    lines.addAll(shapes.checkInputs(inputs));
    if (threshold) {
      lines.add("  int64_t counts[%d];".formatted(outputs.size()));
    }
    lines.add("  ew_call call = {");
    lines.add("    .weights = weights + EW_HEADER_BYTES, .arena = arena,");
    lines.add("    .inputs = inputs, .outputs = outputs,");
    if (threshold) {
      lines.add("    .counts = counts, .threshold = threshold,");
    }
    if (!program.numbers().isEmpty()) {
      lines.add("    .numbers = numbers,");
    }
    lines.add("  };");
    lines.addAll(steps);
    lines.addAll(shapes.answerOutputs(outputs));
    lines.add("  return EW_OK;");
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }
}
