package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.device.Rollouts.Standing;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;

/// A deployment as operators see it.
final class DeploymentDocument {
  private DeploymentDocument() {}

  static ObjectNode of(Standing standing) {
    Deployment deployment = standing.deployment();
    ObjectNode document =
        Json.object()
            .put("group", deployment.group())
            .put("deployment", deployment.name())
            .put("compilation", deployment.compilation())
            .put("previous", deployment.previous().orElse(null))
            .put("state", deployment.phase().word())
            .put("reason", deployment.reason())
            .put("at", deployment.startedAt().toString())
            .put("since", deployment.since().toString());
    ArrayNode stages = document.putArray("stages");
    deployment.rollout().stages().forEach(stages::add);
    document.put("stage", deployment.stage()).put("percent", deployment.percent());
    Gate gate = deployment.rollout().gate();
    document
        .putObject("gate")
        .put("mostFailedPercent", gate.mostFailedPercent())
        .put("leastReports", gate.leastReports())
        .put("observeSeconds", gate.observation().toSeconds());
    document
        .putObject("canaries")
        .put("devices", standing.canaries())
        .put("reported", standing.tally().reported())
        .put("failed", standing.tally().failed());
    return document;
  }
}
