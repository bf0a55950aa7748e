package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.embedded.workflow.Journal.Kind;
import io.edgewright.functions.embedded.workflow.Journal.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a frame is.
///
/// @param ended whether it is at its end
/// @param state the state that it is in
/// @param detail the input of the state, or the frame's output at its end
/// @param variables the frame's own
/// @param enteredAt when it came into the state
/// @param tries what has been tried in this state since then
/// @param runs how often each state was tried in this frame, over all of its visits
record Position(
    boolean ended,
    String state,
    JsonNode detail,
    ObjectNode variables,
    Instant enteredAt,
    Tries tries,
    Map<String, Integer> runs) {

  /// @param failures the errors of the tries that failed, in order
  /// @param kills tries that ended with the service
  /// @param underWay whether the last try has no end in the journal
  record Tries(List<String> failures, int kills, boolean underWay) {
    static final Tries NONE = new Tries(List.of(), 0, false);

    Tries {
      failures = List.copyOf(failures);
    }

    private Tries after(Line line) {
      return switch (line.kind()) {
        case ENTERED, ASSIGNED, ENDED -> NONE;
        case STARTED -> new Tries(failures, kills, true);
        case RELEASED -> new Tries(failures, kills, false);
        case KILLED -> new Tries(failures, kills + 1, false);
        case FAILED -> {
          List<String> more = new ArrayList<>(failures);
          more.add(line.detail().path("Error").asText());
          yield new Tries(more, kills, false);
        }
      };
    }
  }

  /// Where a frame of these lines is; nowhere if there are none.
  static Optional<Position> after(List<Line> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Line current = lines.getFirst();
    Tries tries = Tries.NONE;
    ObjectNode variables = Json.object();
    Map<String, Integer> runs = new HashMap<>();
    for (Line line : lines) {
      tries = tries.after(line);
      switch (line.kind()) {
        case ENTERED, ENDED -> current = line;
        case ASSIGNED -> variables.setAll((ObjectNode) line.detail());
        case STARTED -> runs.merge(line.state(), 1, Integer::sum);
        case RELEASED, KILLED, FAILED -> {}
      }
    }
    return Optional.of(
        new Position(
            current.kind() == Kind.ENDED,
            current.state(),
            current.detail(),
            variables,
            current.at(),
            tries,
            runs));
  }

  /// How often the state was tried in this frame.
  int runsOfState() {
    return runs.getOrDefault(state, 0);
  }
}
