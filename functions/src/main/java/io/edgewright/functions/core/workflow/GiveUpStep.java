package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/// Records why there is no result, with `target` where that ends one target only: `{compilation,
/// attempt, error, cause}` of a fault of the service that stayed after the last retry, or
/// `{compilation, attempt, problems}` of what a worker, which cannot record anything, refused. What
/// is done stays done: where an attempt was started twice, one execution finds that the other has
/// cleared staging.
public final class GiveUpStep implements Step {
  private final CompilationStore compilations;
  private final Clock clock;

  public GiveUpStep(CompilationStore compilations, Clock clock) {
    this.compilations = compilations;
    this.clock = clock;
  }

  @Override
  public ObjectNode run(JsonNode input) {
    Attempt attempt = Attempt.of(input, compilations, clock);
    List<ServiceProblem> problems = problems(input);
    ObjectNode output = attempt.output();
    if (input.hasNonNull("target")) {
      String target = input.path("target").asText();
      attempt.setTarget(attempt.load(target).failed(problems));
      return output.put("target", target);
    }
    for (TargetStatus target : attempt.load().targets()) {
      if (!target.state().isFinal()) {
        attempt.setTarget(target.failed(List.of()));
      }
    }
    State outcome = attempt.load().outcome();
    attempt.setState(outcome, outcome == State.DONE ? List.of() : problems);
    return output;
  }

  private static List<ServiceProblem> problems(JsonNode input) {
    return input.has("problems")
        ? ServiceProblem.listFromJson(input.required("problems"))
        : problemsOfFault(input);
  }

  /// What a [ServiceFault] carried, which on Step Functions is inside of what Lambda says about it.
  private static List<ServiceProblem> problemsOfFault(JsonNode input) {
    String cause = input.path("cause").asText();
    try {
      JsonNode parsed = parse(cause);
      JsonNode problems =
          parsed.has("errorMessage") ? parse(parsed.path("errorMessage").asText()) : parsed;
      if (problems.isArray() && !problems.isEmpty()) {
        return ServiceProblem.listFromJson(problems);
      }
    } catch (JsonProcessingException _) {
      // Some other exception: its message is for the log, not for the caller.
    }
    return List.of(
        ServiceProblem.of(
            ServiceErrorCode.STEP_FAILED,
            "the service",
            "a step that failed every time (`" + input.path("error").asText() + "`)",
            "a step that succeeds within its retries",
            "post the same request again; if it stays, look for this compilation in the log"));
  }

  private static JsonNode parse(String text) throws JsonProcessingException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
