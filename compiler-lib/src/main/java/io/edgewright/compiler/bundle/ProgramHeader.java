package io.edgewright.compiler.bundle;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.target.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `program.h`, the part of the runner that is made for each bundle: what it prints for
/// `--describe`, names and labels escaped for JSON, the tolerances of the self-test, the features
/// that the processor must have.
final class ProgramHeader {
  private static final int LITERAL_BYTES_A_LINE = 80;

  private ProgramHeader() {}

  static byte[] source(NativeProgram program, Target target, Golden golden) {
    if (golden.absoluteTolerance().size() != program.outputs().size()) {
      throw new IllegalArgumentException("one absolute tolerance for each output");
    }
    boolean allTensors = program.outputs().stream().allMatch(Port.Raw.class::isInstance);
    String header =
        """
        #pragma once
        #define PROGRAM_INPUTS %d
        #define PROGRAM_OUTPUTS %d
        #define PROGRAM_ALL_TENSORS %d
        #define PROGRAM_RELATIVE_TOLERANCE %s
        typedef struct {
          const char *name;
          double absolute_tolerance;
          int64_t label_count;
          const char *const *labels;
        } program_output;
        static const char program_features[] =
        %s;
        static const char program_description[] =
        %s;
        %s\
        static const program_output program_outputs[] = {%s};
        """
            .formatted(
                program.inputs().size(),
                program.outputs().size(),
                allTensors ? 1 : 0,
                golden.relativeTolerance(),
                literal(String.join(" ", target.features())),
                literal(description(program, target)),
                labelTables(program.outputs()),
                outputTable(program.outputs(), golden.absoluteTolerance()));
    return header.getBytes(StandardCharsets.UTF_8);
  }

  private static String description(NativeProgram program, Target target) {
    var json = Json.object();
    json.put("name", program.name()).put("target", target.id());
    json.set("inputs", PortJson.of(program.inputs()));
    json.set("outputs", PortJson.of(program.outputs()));
    json.put("arenaBytes", program.arenaBytes()).put("weightsBytes", program.weights().length);
    return new String(Json.lines(json), StandardCharsets.UTF_8);
  }

  private static List<String> labels(Port port) {
    return switch (port) {
      case Port.Raw _, Port.Image _ -> List.of();
      case Port.Classes(_, List<String> labels, _) -> labels;
      case Port.Detections(_, List<String> labels, _) -> labels;
    };
  }

  private static String labelTables(List<Port> outputs) {
    StringBuilder tables = new StringBuilder();
    for (int i = 0; i < outputs.size(); i++) {
      List<String> labels = labels(outputs.get(i));
      if (!labels.isEmpty()) {
        tables.append(
            labels.stream()
                .map(label -> literal(Json.quoted(label)))
                .collect(
                    Collectors.joining(
                        ",\n  ", "static const char *const labels_" + i + "[] = {\n  ", "};\n")));
      }
    }
    return tables.toString();
  }

  private static String outputTable(List<Port> outputs, List<Double> tolerances) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      int labels = labels(outputs.get(i)).size();
      rows.add(
          "{%s, %s, %d, %s}"
              .formatted(
                  literal(Json.quoted(outputs.get(i).name())),
                  tolerances.get(i),
                  labels,
                  labels == 0 ? "0" : "labels_" + i));
    }
    return String.join(",\n  ", rows);
  }

  /// A C string literal; whatever is not plain ASCII is escaped in octal, three digits each, so
  /// that no character after it can be read as a part of it.
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    int bytes = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (bytes > 0 && bytes % LITERAL_BYTES_A_LINE == 0) {
        literal.append("\"\n\"");
      }
      bytes++;
      if (b >= ' ' && b < 0x7F && b != '"' && b != '\\' && b != '?') {
        literal.append((char) b);
      } else {
        literal.append('\\').append(String.format("%03o", b & 0xFF));
      }
    }
    return literal.append('"').toString();
  }
}
