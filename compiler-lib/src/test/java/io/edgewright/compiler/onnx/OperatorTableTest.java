package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorTableTest {
  /// The rows of the table in `docs/operators.md` are made from the operator table; a new operator
  /// needs a row there.
  @Test
  void theDocumentationListsExactlyTheOperatorsThatAreThere() throws IOException {
    List<String> rows;
    try (Stream<String> lines =
        Files.lines(SharedTestdata.project().resolve("docs/operators.md"))) {
      rows =
          lines
              .filter(line -> line.startsWith("| `"))
              .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
              .toList();
    }
    List<String> expected =
        OperatorTable.operators().stream()
            .map(name -> "| `%s` | %d |".formatted(name, OperatorTable.since(name).orElseThrow()))
            .toList();
    assertThat(rows).containsExactlyElementsOf(expected);
  }
}
