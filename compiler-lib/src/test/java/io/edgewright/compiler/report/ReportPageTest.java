package io.edgewright.compiler.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.report.GraphRows.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPageTest {
  /// Two convolutions, a sum of the input with what they give, and a view.
  private static final String SMALL =
      """
      {"name": "digits", "target": "board", "flops": 3000000, "weightsBytes": 2500,
       "arenaBytes": 1000, "predictedLatencyMillis": 0.5,
       "operators": [{"operator": "Convolution", "layers": 2, "flops": 3000000,
                      "predictedMicros": 450}],
       "layers": [
         {"name": "first", "operator": "Convolution", "flops": 2000000, "weightBytes": 1500,
          "bytesRead": 400, "bytesWritten": 300, "predictedMicros": 350},
         {"name": "second", "operator": "Convolution", "flops": 1000000, "weightBytes": 1000,
          "bytesRead": 300, "bytesWritten": 400, "predictedMicros": 100},
         {"name": "sum", "operator": "Map", "flops": 0, "weightBytes": 0,
          "bytesRead": 800, "bytesWritten": 400, "predictedMicros": 50}],
       "budget": {"latencyMillis": 1, "memoryBytes": 7000},
       "graph": {"inputs": [{"name": "picture", "type": "float32[1, 100]"}],
         "nodes": [
           {"name": "first", "operator": "Convolution", "from": [-1], "type": "float32[1, 75]"},
           {"name": "second", "operator": "Convolution", "from": [0], "type": "float32[1, 100]"},
           {"name": "sum", "operator": "Map", "from": [-1, 1], "type": "float32[1, 100]"},
           {"name": "view", "operator": "Reshape", "from": [2], "type": "float32[100]"}]},
       "memory": {"steps": ["first", "second", "sum"],
         "buffers": [{"offset": 320, "bytes": 400, "first": 1, "last": 2},
                     {"offset": 0, "bytes": 300, "first": 0, "last": 1}]}}
      """;

  @Test
  void tellsTotalsLayersAndTheBudget() {
    assertThat(page(SMALL))
        .contains("<h1>digits</h1>", "500 \u00b5s", "3.00 MFLOP", "2.50 kB", "1.00 kB")
        .contains("50 % of 1.00 ms", "50 % of 7.00 kB")
        .contains(">350 \u00b5s<", ">1.50 kB<", "float32[1, 75]");
  }

  @Test
  void hasASectionOnlyForWhatTheReportTells() throws IOException {
    assertThat(page(SMALL)).contains("<h2>Network</h2>", "<h2>Memory over time</h2>");
    assertThat(page(SMALL)).doesNotContain("<h2>Accuracy</h2>", "<h2>Device</h2>");
    ObjectNode report = report();
    report.remove(List.of("graph", "memory", "budget"));
    report
        .putObject("accuracy")
        .put("reference", "double precision")
        .putArray("outputs")
        .addObject()
        .put("name", "scores")
        .put("maximumError", 1.25e-6);
    assertThat(page(report.toString()))
        .contains("<h2>Accuracy</h2>", "scores", "1.25e-06")
        .doesNotContain("<h2>Network</h2>", "<h2>Memory over time</h2>", "<h2>Budget</h2>");
  }

  @Test
  void drawsEveryBufferWhereItLiesWhileItLives() {
    // Of 600 by 260 points a step is 200 wide, and 1000 bytes are the whole height.
    assertThat(page(SMALL))
        .contains("x=\"200.0\" y=\"83.2\" width=\"400.0\" height=\"104.0\"")
        .contains("x=\"0.0\" y=\"0.0\" width=\"400.0\" height=\"78.0\"");
  }

  @Test
  void givesEachRowTheTimeOfItsLayerAndTheRowsThatItReads() throws IOException {
    List<Row> rows = GraphRows.of(report());
    assertThat(rows)
        .extracting(Row::title)
        .containsExactly("input", "Convolution", "Convolution", "Map", "Reshape");
    assertThat(rows).extracting(Row::micros).containsExactly(0.0, 350.0, 100.0, 50.0, 0.0);
    assertThat(rows.get(3).from()).isEqualTo(Set.of(0, 2));
  }

  @Test
  void putsSkippedValuesOnARailOfTheirOwn() {
    // The input runs down the first rail to the sum, the convolutions down the second.
    assertThat(page(SMALL)).contains("d=\"M14 23V161\"", "d=\"M28 69V115\"");
  }

  @ParameterizedTest
  @CsvSource({"250, 251", "251, 127", "10000, 251"})
  void groupsTheNodesOfALargeNetwork(int nodes, int rows) throws IOException {
    ObjectNode report = report();
    var chain = ((ObjectNode) report.get("graph")).putArray("nodes");
    for (int node = 0; node < nodes; node++) {
      chain
          .addObject()
          .put("name", "n" + node)
          .put("operator", "Map")
          .putArray("from")
          .add(node - 1);
    }
    List<Row> grouped = GraphRows.of(report);
    assertThat(grouped).hasSize(rows);
    for (int row = 1; row < grouped.size(); row++) {
      assertThat(grouped.get(row).from()).containsExactly(row - 1);
    }
    assertThat(grouped.getLast().names()).endsWith("n" + (nodes - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></svg></title><script>alert(1)</script>",
        "a\u202eb\u0000c\u0008",
      })
  void letsNoMarkupOfANameThrough(String name) throws IOException {
    String plain = page(SMALL);
    String quoted = new ObjectMapper().writeValueAsString(name);
    String hostile = SMALL;
    for (String field :
        List.of("digits", "board", "first", "picture", "Convolution", "float32[1, 75]")) {
      hostile = hostile.replace("\"" + field + "\"", quoted);
    }
    String page = page(hostile);
    for (String opening : List.of("<", ">", "\"", "'")) {
      assertThat(count(page, opening)).as(opening).isEqualTo(count(plain, opening));
    }
    assertThat(page).doesNotContain("<script", "<img", "\u202e", "\u0000");
  }

  @Test
  void asksForNothingFromOutsideAndRunsNothing() {
    assertThat(page(SMALL))
        .contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\"")
        .doesNotContain("http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.00 kB", "1999999, 2.00 MB", "21300000, 21.3 MB"})
  void writesBytesWithThreeDigits(long bytes, String text) {
    assertThat(Quantity.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"512, 512 B", "32768, 32 KiB", "1572864, 1.50 MiB", "1073741824, 1 GiB"})
  void writesMemoriesInPowersOfTwo(long bytes, String text) {
    assertThat(Quantity.binary(bytes)).isEqualTo(text);
  }

  private static int count(String text, String part) {
    return text.length() - text.replace(part, "").length();
  }

  private static ObjectNode report() throws IOException {
    JsonNode report = new ObjectMapper().readTree(SMALL);
    return (ObjectNode) report;
  }

  private static String page(String report) {
    return ReportPage.html(report.getBytes(StandardCharsets.UTF_8));
  }
}
