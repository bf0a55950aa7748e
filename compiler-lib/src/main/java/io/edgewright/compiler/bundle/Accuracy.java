package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/// How far a program's results are from a reference that is computed in double precision, on the
/// golden frame: the member `accuracy` of `report.json`.
public sealed interface Accuracy {
  /// @param outputs in the order of the program's
  record Measured(List<Output> outputs) implements Accuracy {
    public Measured {
      outputs = List.copyOf(outputs);
    }
  }

  /// The program could not run where it was compiled.
  record NotMeasured() implements Accuracy {}

  /// @param maximumError largest |result - reference|
  /// @param meanError mean of |result - reference|
  /// @param range largest minus smallest value of the reference; what the errors relate to
  record Output(String name, double maximumError, double meanError, double range) {
    private ObjectNode json() {
      ObjectNode json = Json.object().put("name", name);
      json.put("maximumError", maximumError).put("meanError", meanError).put("range", range);
      if (range > 0) {
        json.put("maximumErrorOfRange", maximumError / range);
        json.put("meanErrorOfRange", meanError / range);
      }
      return json;
    }
  }

  /// What came of a self-test, as accuracy.
  ///
  /// @param names of the outputs
  /// @param ranges of the outputs' expected values
  static Accuracy of(GoldenCheck.Verdict verdict, List<String> names, List<Double> ranges) {
    return switch (verdict) {
      case GoldenCheck.Verdict.Passed passed -> {
        List<GoldenCheck.Difference> differences = passed.outputs();
        yield new Measured(
            IntStream.range(0, names.size())
                .mapToObj(i ->
                    new Output(
                        names.get(i),
                        differences.get(i).maximum(),
                        differences.get(i).mean(),
                        ranges.get(i)))
                .toList());
      }
      case GoldenCheck.Verdict.Failed _, GoldenCheck.Verdict.NotVerified _ -> new NotMeasured();
    };
  }

  /// `{"measured": true, "outputs": [...]}`
  default ObjectNode json() {
    ObjectNode json = Json.object();
    return switch (this) {
      case Measured(List<Output> outputs) -> {
        json.put("measured", true).put("reference", "double precision, golden frame");
        json.set("outputs", Json.array(outputs.stream().map(Output::json).toList()));
        yield json;
      }
      case NotMeasured() ->
          json.put("measured", false)
              .put("reason", "not measured: the program could not run where it was compiled");
    };
  }
}
