package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.codegen.LayerCost;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetFigures;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// `report.json`: what the program does and what that should cost on its target, layer by layer and
/// by operator; and how accurate it is. Time is predicted, not measured, so that the report is the
/// same on every machine; errors are the same wherever the program can run.
public final class BundleReport {
  private BundleReport() {}

  /// The bytes of the entry.
  ///
  /// @param footprint of microcontrollers: sizes, which are exact
  public static byte[] json(
      NativeProgram program, Target target, ReportParts parts, Optional<Footprint> footprint) {
    ObjectNode json = Json.object();
    json.put("name", program.name()).put("target", target.id());
    json.put("flops", program.flops());
    json.put("weightsBytes", program.weights().length).put("arenaBytes", program.arenaBytes());
    footprint.ifPresent(taken -> json.set("footprint", taken.json()));
    json.put("predictedLatencyMillis", program.predictedMicros() / 1000);
    parts.portrait().putBudget(json);
    json.set("accuracy", parts.accuracy().json());
    json.set("operators", operators(program.layers()));
    json.set("layers", Json.array(program.layers().stream().map(BundleReport::layer).toList()));
    parts.portrait().putDrawings(json);
    json.set("device", TargetFigures.of(target));
    return Json.lines(json);
  }

  /// Most expensive first.
  private static ArrayNode operators(List<LayerCost> layers) {
    record Sum(String operator, int layers, long flops, double micros) {
      Sum plus(LayerCost layer) {
        return new Sum(
            operator, layers + 1, flops + layer.flops(), micros + layer.predictedMicros());
      }
    }
    TreeMap<String, Sum> sums = new TreeMap<>();
    for (LayerCost layer : layers) {
      Sum sum = sums.getOrDefault(layer.operator(), new Sum(layer.operator(), 0, 0, 0));
      sums.put(layer.operator(), sum.plus(layer));
    }
    return Json.array(
        sums.values().stream()
            .sorted((a, b) -> Double.compare(b.micros(), a.micros()))
            .map(sum ->
                Json.object()
                    .put("operator", sum.operator())
                    .put("layers", sum.layers())
                    .put("flops", sum.flops())
                    .put("predictedMicros", sum.micros()))
            .toList());
  }

  private static ObjectNode layer(LayerCost layer) {
    return Json.object()
        .put("name", layer.name())
        .put("operator", layer.operator())
        .put("flops", layer.flops())
        .put("weightBytes", layer.weightBytes())
        .put("bytesRead", layer.bytesRead())
        .put("bytesWritten", layer.bytesWritten())
        .put("predictedMicros", layer.predictedMicros());
  }
}
