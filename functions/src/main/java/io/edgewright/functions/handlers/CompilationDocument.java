package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.TargetStatus;
import java.util.Locale;

/// A compilation as callers see it.
final class CompilationDocument {
  private CompilationDocument() {}

  static String path(String id) {
    return "/v1/compilations/" + id;
  }

  static ObjectNode of(Compilation compilation) {
    ObjectNode document =
        Json.object()
            .put("id", compilation.id())
            .put("name", compilation.name())
            .put("state", compilation.state().word())
            .put("attempt", compilation.attempt())
            .put("model", compilation.model().toString())
            .put("manifest", compilation.manifest().toString())
            .put("compiler", compilation.compiler().toString())
            .put("createdAt", compilation.createdAt().toString())
            .put("updatedAt", compilation.updatedAt().toString());
    document.set("problems", ServiceProblem.toJson(compilation.problems()));
    ArrayNode targets = document.putArray("targets");
    compilation.targets().forEach(target -> targets.add(target(compilation.id(), target)));
    return document;
  }

  private static ObjectNode target(String compilation, TargetStatus status) {
    ObjectNode document =
        Json.object()
            .put("target", status.target())
            .put("state", status.state().word())
            .put("stage", status.stage())
            .put("percent", status.percent());
    document.set("problems", ServiceProblem.toJson(status.problems()));
    String path = path(compilation) + "/targets/" + status.target();
    status
        .artifact()
        .ifPresentOrElse(
            artifact -> document.set("bundle", bundle(path, artifact)),
            () -> document.putNull("bundle"));
    return document;
  }

  private static ObjectNode bundle(String path, Artifact artifact) {
    return Json.object()
        .put("fileName", artifact.fileName())
        .put("digest", artifact.digest().toString())
        .put("bytes", artifact.bytes())
        .put("verified", artifact.verified().name().toLowerCase(Locale.ROOT))
        .put("url", path + "/bundle")
        .put("reportUrl", path + "/report");
  }
}
