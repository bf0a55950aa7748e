package io.edgewright.compiler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.List;

/// Problems as the JSON array that scripts and the service read.
public final class ProblemJson {
  private ProblemJson() {}

  /// `[{"code", "blame", "where", "seen", "allowed", "hint"}, ...]`
  public static ArrayNode array(List<Problem> problems) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Problem problem : problems) {
      array
          .addObject()
          .put("code", problem.code().id())
          .put("blame", problem.code().blame().name())
          .put("where", problem.where().text())
          .put("seen", problem.seen())
          .put("allowed", problem.allowed())
          .put("hint", problem.hint());
    }
    return array;
  }
}
