package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphChecks;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Malformed and malicious files through reader and importer. `hostile-expected.txt` says for each
/// the code of its first problem, or `accepted`; a remark says where that differs from the index of
/// the files, because something is not supported (yet).
class HostileFilesTest {
  private static final Duration TIME = Duration.ofSeconds(10);

  /// Beside what the file itself takes: classes and tables that are loaded once count too.
  private static final long MEMORY = 32L << 20;

  record Case(String file, String expected) {}

  static Stream<Case> cases() throws IOException {
    try (var stream =
        Objects.requireNonNull(
            HostileFilesTest.class.getResourceAsStream("hostile-expected.txt"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> Arrays.asList(line.split(" +", 3)))
              .map(words -> new Case(words.get(0), words.get(1)))
              .toList()
              .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsAsItShouldInBoundedTimeAndMemory(Case test) {
    Path path = SharedTestdata.require("hostile/" + test.file);
    byte[] bytes = TestData.bytes(path);
    String result = assertTimeoutPreemptively(TIME, () -> result(bytes));
    assertThat(result).isEqualTo(test.expected);
    Path results = path.resolveSibling("io").resolve(test.file.replace(".onnx", ""));
    if (result.equals("accepted") && Files.isDirectory(results)) {
      judge(bytes, results);
    }
  }

  private static String result(byte[] bytes) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      GraphChecks.verify(GraphImporter.read(OnnxReader.read(bytes), Map.of()));
      return "accepted";
    } catch (CompileException e) {
      return e.problems().getFirst().code().name();
    } finally {
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated")
          .isLessThan(MEMORY + 16L * bytes.length);
    }
  }

  private static void judge(byte[] bytes, Path results) {
    List<Tensor> inputs = OnnxCase.tensors(results, "input_");
    List<Tensor> outputs = OnnxCase.tensors(results, "output_");
    Graph graph = GraphImporter.read(OnnxReader.read(bytes), Map.of());
    OnnxCase.DataSet set = new OnnxCase.DataSet(inputs, outputs);
    OnnxCase test = new OnnxCase("hostile", bytes, List.of(set), 1e-3, List.of(1e-7));
    List<Tensor> got = Interpreter.run(graph, inputs);
    for (int i = 0; i < got.size(); i++) {
      assertThat(test.excess(set, i, got.get(i))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void coversEveryHostileFile() throws IOException {
    List<String> files =
        TestData.list(SharedTestdata.require("hostile")).stream()
            .map(path -> path.getFileName().toString())
            .filter(name -> name.endsWith(".onnx"))
            .toList();
    assertThat(cases().map(Case::file).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(files);
  }
}
