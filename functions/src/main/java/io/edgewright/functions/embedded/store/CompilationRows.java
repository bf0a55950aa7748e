package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Rows of the tables `compilations` and `targets` as records.
final class CompilationRows {
  private CompilationRows() {}

  static Compilation compilation(ResultSet row, List<TargetStatus> targets) throws SQLException {
    return new Compilation(
        row.getString("id"),
        row.getInt("attempt"),
        row.getString("name"),
        new Digest(row.getString("model")),
        new Digest(row.getString("manifest")),
        new Digest(row.getString("compiler")),
        State.ofWord(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")),
        problems(row.getString("problems")),
        targets);
  }

  static TargetStatus target(ResultSet row) throws SQLException {
    State state = State.ofWord(row.getString("state"));
    return new TargetStatus(
        row.getString("target"),
        state,
        row.getString("stage"),
        row.getInt("percent"),
        problems(row.getString("problems")),
        state == State.DONE ? Optional.of(artifact(row)) : Optional.empty());
  }

  private static Artifact artifact(ResultSet row) throws SQLException {
    return new Artifact(
        row.getString("file_name"),
        new Digest(row.getString("digest")),
        row.getLong("bytes"),
        Artifact.Verification.valueOf(row.getString("verified")));
  }

  static String problems(List<ServiceProblem> problems) {
    return Json.text(ServiceProblem.toJson(problems));
  }

  private static List<ServiceProblem> problems(String json) {
    return ServiceProblem.listFromJson(Json.trusted(json));
  }
}
