package io.edgewright.compiler.bundle;

import io.edgewright.compiler.bundle.GoldenCheck.Difference;
import io.edgewright.compiler.bundle.GoldenCheck.Verdict;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares the results of a run with those expected, as the runner's self-test does: |got -
/// expected| <= absolute tolerance of the output + relative tolerance * |expected|.
record GoldenComparison(List<Port> outputs, Golden golden) {
  /// @param results every output in order, as frames have them
  Verdict compare(byte[] results) {
    List<Tensor> found = FrameBytes.read(outputs, results);
    List<Tensor> wanted = FrameBytes.read(outputs, golden.output());
    List<Difference> differences = new ArrayList<>();
    for (int output = 0; output < outputs.size(); output++) {
      Optional<String> wrong = wrong(output, found.get(output), wanted.get(output));
      if (wrong.isPresent()) {
        return new Verdict.Failed("`" + outputs.get(output).name() + "`" + wrong.get());
      }
      differences.add(difference(found.get(output), wanted.get(output)));
    }
    return new Verdict.Passed(differences, 0, true);
  }

  /// What is wrong with an output, if anything.
  private Optional<String> wrong(int output, Tensor got, Tensor expected) {
    double absolute = golden.absoluteTolerance().get(output);
    for (int i = 0; i < Math.min(got.size(), expected.size()); i++) {
      double want = expected.getDouble(i);
      double allowed = absolute + golden.relativeTolerance() * Math.abs(want);
      if (!(error(got.getDouble(i), want) <= allowed)) {
        return Optional.of("[%d] is %s, expected %s".formatted(i, got.getDouble(i), want));
      }
    }
    return got.shape().equals(expected.shape())
        ? Optional.empty()
        : Optional.of(" has the shape %s, expected %s".formatted(got.shape(), expected.shape()));
  }

  private static Difference difference(Tensor got, Tensor expected) {
    double largest = 0;
    double sum = 0;
    for (int i = 0; i < got.size(); i++) {
      double error = error(got.getDouble(i), expected.getDouble(i));
      largest = Math.max(largest, error);
      sum += error;
    }
    return new Difference(largest, got.size() == 0 ? 0 : sum / got.size());
  }

  /// "Not a number" is no match, except with itself; infinities equal themselves.
  private static double error(double got, double expected) {
    boolean same = got == expected || Double.compare(got, expected) == 0;
    return same ? 0 : Math.abs(got - expected);
  }
}
