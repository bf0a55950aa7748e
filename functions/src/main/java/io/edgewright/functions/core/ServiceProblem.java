package io.edgewright.functions.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.ArrayList;
import java.util.List;

/// One problem as it is stored, logged and answered. The compiler's problems and the service's own
/// look alike here; the code is text because it may come from a compiler in another process.
///
/// @param where the place in the request, the model or the manifest
/// @param seen what was found there
/// @param allowed what would have been fine
/// @param hint the next step to take
public record ServiceProblem(
    String code, Blame blame, String where, String seen, String allowed, String hint) {
  private static final int ROOM_FOR_THE_LAST = 512;

  public static ServiceProblem of(
      ServiceErrorCode code, String where, String seen, String allowed, String hint) {
    return new ServiceProblem(code.id(), code.blame(), where, seen, allowed, hint);
  }

  public static ServiceProblem of(Problem problem) {
    return new ServiceProblem(
        problem.code().id(),
        problem.code().blame(),
        problem.where().text(),
        problem.seen(),
        problem.allowed(),
        problem.hint());
  }

  public static ServiceProblem fromJson(JsonNode node) {
    return new ServiceProblem(
        node.required("code").asText(),
        Blame.valueOf(node.required("blame").asText()),
        node.path("where").asText(),
        node.path("seen").asText(),
        node.path("allowed").asText(),
        node.path("hint").asText());
  }

  public static List<ServiceProblem> listFromJson(JsonNode nodes) {
    List<ServiceProblem> problems = new ArrayList<>();
    nodes.forEach(node -> problems.add(fromJson(node)));
    return List.copyOf(problems);
  }

  public static ArrayNode toJson(List<ServiceProblem> problems) {
    ArrayNode nodes = Json.array();
    problems.forEach(problem -> nodes.add(problem.toJson()));
    return nodes;
  }

  /// As many from the first one on as fit, and where that is not all, one that says so: records and
  /// the workflow's state have a largest size.
  ///
  /// @param bytes of all of them together as JSON
  public static List<ServiceProblem> first(List<ServiceProblem> problems, int bytes) {
    List<ServiceProblem> kept = new ArrayList<>();
    int room = bytes;
    for (ServiceProblem problem : problems) {
      room -= Json.bytes(problem.toJson()).length + 1;
      if (room < ROOM_FOR_THE_LAST) {
        kept.add(leftOut(problems.size() - kept.size()));
        return List.copyOf(kept);
      }
      kept.add(problem);
    }
    return List.copyOf(kept);
  }

  private static ServiceProblem leftOut(int count) {
    return of(
        ServiceErrorCode.PROBLEMS_LEFT_OUT,
        "the list of problems",
        count + " more problems",
        "as many as fit into the record of a compilation",
        "mend those that are listed and post the model again");
  }

  public ObjectNode toJson() {
    return Json.object()
        .put("code", code)
        .put("blame", blame.name())
        .put("where", where)
        .put("seen", seen)
        .put("allowed", allowed)
        .put("hint", hint);
  }

  /// One paragraph for people.
  public String sentence() {
    return code + " " + where + ": " + seen + "; allowed: " + allowed + ". " + hint + ".";
  }
}
