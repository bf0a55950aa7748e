package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphChecks;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The ONNX backend suite through importer and interpreter. The file `onnx-backend-passing.txt`
/// lists every case that passes: one that stops passing fails by name, one that passes anew must be
/// added. Behind `constants` stand cases that have shapes, axes or the like as inputs; those inputs
/// are made constants of the model, because shapes are fixed when compiling.
@Tag("slow")
class OnnxBackendTest {
  private static final List<String> FOLDERS =
      List.of("node", "simple", "pytorch-converted", "pytorch-operator", "node-1.23dev");
  private static final String LIST = "onnx-backend-passing.txt";

  private final List<String> passing = new ArrayList<>();
  private final Map<String, String> failing = new TreeMap<>();

  @Test
  void passesTheCasesThatAreListed() throws IOException {
    StringBuilder counts = new StringBuilder();
    for (String folder : FOLDERS) {
      List<Path> cases = TestData.list(SharedTestdata.require("onnx-backend/" + folder));
      int before = passing.size();
      cases.forEach(path -> judge(folder + "/" + path.getFileName(), path));
      counts.append("%s %d of %d%n".formatted(folder, passing.size() - before, cases.size()));
    }
    Path report = Path.of("target", "onnx-backend");
    Files.createDirectories(report);
    Files.writeString(report.resolve("counts.txt"), counts);
    Files.write(report.resolve(LIST), passing);
    Files.write(
        report.resolve("failing.txt"),
        failing.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
    System.out.print(counts);
    assertThat(passing).containsExactlyElementsOf(expected());
  }

  private static List<String> expected() throws IOException {
    try (var stream = Objects.requireNonNull(OnnxBackendTest.class.getResourceAsStream(LIST))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void judge(String name, Path folder) {
    if (!Files.exists(folder.resolve("model.onnx"))) {
      return;
    }
    List<String> failures = new ArrayList<>();
    try {
      OnnxCase test = OnnxCase.read(folder);
      if (passes(test, failures)) {
        passing.add(name);
        return;
      }
      if (failures.getLast().contains("computed from the model's inputs")) {
        if (passes(test.fixing(input -> input > 0), failures)
            || passes(test.fixing(input -> input == 0), failures)
            || passes(test.fixing(_ -> true), failures)) {
          passing.add(name + " constants");
          return;
        }
      }
    } catch (CompileException e) {
      failures.add(e.problems().getFirst().sentence());
    }
    failing.put(name, failures.getLast());
  }

  private static boolean passes(OnnxCase test, List<String> failures) {
    try {
      for (OnnxCase.DataSet set : test.sets()) {
        Graph graph = GraphImporter.read(test.model(), test.dims(set));
        GraphChecks.verify(graph);
        List<Tensor> got = Interpreter.run(graph, set.inputs());
        for (int i = 0; i < got.size(); i++) {
          double excess = test.excess(set, i, got.get(i));
          if (excess > 1) {
            failures.add(
                "output %d is %s, %s times the tolerance off"
                    .formatted(i, got.get(i).type(), excess));
            return false;
          }
        }
      }
      return true;
    } catch (CompileException e) {
      failures.add(e.problems().stream().map(Problem::sentence).toList().toString());
    } catch (RuntimeException e) {
      failures.add("CRASH " + e + " " + Arrays.asList(e.getStackTrace()).subList(0, 4));
    }
    return false;
  }
}
