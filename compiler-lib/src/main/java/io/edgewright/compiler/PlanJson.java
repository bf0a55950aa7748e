package io.edgewright.compiler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.Plan.Figures;
import io.edgewright.compiler.Plan.TargetPlan;
import io.edgewright.compiler.bundle.Json;
import io.edgewright.compiler.onnx.OperatorUse;
import io.edgewright.compiler.target.Target;
import java.math.BigDecimal;
import java.math.MathContext;

/// A plan as `plan --json` prints it and `POST /v1/plans` answers it. `openapi.yaml` has its
/// schema.
public final class PlanJson {
  private PlanJson() {}

  /// The whole plan. What is not known is null.
  public static ObjectNode of(Plan plan) {
    ObjectNode json = Json.object().put("name", plan.name());
    json.set("operators", Json.array(plan.operators().stream().map(PlanJson::operator).toList()));
    json.set("targets", Json.array(plan.targets().stream().map(PlanJson::target).toList()));
    json.set("problems", ProblemJson.array(plan.problems()));
    return json;
  }

  private static ObjectNode operator(OperatorUse use) {
    ObjectNode json =
        Json.object()
            .put("operator", use.operator())
            .put("nodes", use.nodes())
            .put("covered", use.uncovered().isEmpty());
    json.set("uncoveredNodes", Json.texts(use.uncovered()));
    return json;
  }

  private static ObjectNode target(TargetPlan plan) {
    ObjectNode json =
        Json.object()
            .put("target", plan.id())
            .put("title", plan.target().map(Target::title).orElse(null));
    plan.figures().ifPresentOrElse(figures -> put(json, figures), () -> putNothing(json));
    json.set("problems", ProblemJson.array(plan.problems()));
    return json;
  }

  private static void put(ObjectNode json, Figures figures) {
    json.put("weightsBytes", figures.weightsBytes())
        .put("arenaBytes", figures.arenaBytes())
        .put("flops", figures.flops())
        .put("predictedLatencyMillis", rounded(figures.latencyMillis()))
        .put("predictedEnergyMillijoules", rounded(figures.energyMillijoules()));
    json.putObject("predictedCompilation")
        .put("seconds", rounded(figures.compilation().seconds()))
        .put("dollars", rounded(figures.compilation().dollars()));
  }

  private static void putNothing(ObjectNode json) {
    json.putNull("weightsBytes").putNull("arenaBytes").putNull("flops");
    json.putNull("predictedLatencyMillis").putNull("predictedEnergyMillijoules");
    json.putNull("predictedCompilation");
  }

  /// Three digits: more would promise what a prediction cannot keep.
  static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }
}
