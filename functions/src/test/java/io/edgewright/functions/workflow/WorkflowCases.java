package io.edgewright.functions.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Executions of `compile.asl.json`: what its functions answer is in `cases.json`, in the form that
/// Step Functions' own local tests have; what then happens is written down here from the
/// specification of the States Language (states-language.net, August 2024).
public abstract class WorkflowCases {
  protected static final String INPUT = "{\"compilation\":\"c\",\"attempt\":1}";

  /// How an execution ended.
  ///
  /// @param status as Step Functions names it
  /// @param output what came out, or the error's name
  /// @param entered names of the states that were entered, in alphabetical order: those of targets
  ///   come in any
  public record Ended(String status, String output, List<String> entered) {}

  /// Runs a case of `cases.json`.
  protected abstract Ended run(String name) throws Exception;

  /// Runs a case and stops it while it waits for another try.
  protected abstract String statusOfStopped(String name) throws Exception;

  /// A case and what must come of it.
  record Case(String name, String status, String output, String entered) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    String done = "{\"compilation\":\"c\",\"attempt\":1,\"state\":\"done\"}";
    String recorded = "{\"compilation\":\"c\",\"attempt\":1}";
    String target = "Compile IsCompiled Verify IsVerified Publish ";
    return Stream.of(
        // A Map enters its states once for each item.
        new Case("success", "SUCCEEDED", done, "Inspect Targets Summarise " + target + target),
        // What one item of a Map does is nothing to the others.
        new Case(
            "oneTargetFails",
            "SUCCEEDED",
            done.replace("done", "partial"),
            "Inspect Targets Summarise Compile IsCompiled Refuse " + target),
        // Another try does not enter the state again.
        new Case("retryThenSuccess", "SUCCEEDED", done, "Inspect Targets Summarise " + target),
        // `States.ALL` means time-outs too; after the last try the catcher is next.
        new Case(
            "timeOut",
            "SUCCEEDED",
            done.replace("done", "failed"),
            "Inspect Targets Summarise Compile GiveUpTarget"),
        new Case("serviceFault", "SUCCEEDED", recorded, "Inspect GiveUp"),
        // `MaxAttempts` 0 means no other try. Without an output of its own a catcher hands the
        // error output on.
        new Case(
            "refused",
            "SUCCEEDED",
            "{\"Error\":\"io.edgewright.functions.core.workflow.NoRetry\","
                + "\"Cause\":\"the model has 2 problems\"}",
            "Inspect Refused"),
        // An error that nobody catches ends the execution by its name.
        new Case(
            "cannotGiveUp",
            "FAILED",
            "io.edgewright.functions.core.workflow.ServiceFault",
            "Inspect GiveUp"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsAsTheSpecificationSays(Case wanted) throws Exception {
    Ended ended = run(wanted.name());
    assertThat(ended.status()).isEqualTo(wanted.status());
    assertThat(normal(ended.output())).isEqualTo(normal(wanted.output()));
    assertThat(ended.entered())
        .isEqualTo(Pattern.compile(" ").splitAsStream(wanted.entered().strip()).sorted().toList());
  }

  @Test
  void stopsWhileItWaitsForAnotherTry() throws Exception {
    assertThat(statusOfStopped("cancel")).isEqualTo("ABORTED");
  }

  private static Object normal(String output) throws IOException {
    return output.startsWith("{") ? Json.parse(output.getBytes(UTF_8)) : output;
  }

  /// The file with its functions' names filled in.
  protected static String definition() throws IOException {
    String text = resource("/io/edgewright/functions/compile.asl.json");
    return text.replaceAll("\\$\\{(\\w+)\\}", "$1");
  }

  /// What a state's function does at its n-th call, from 0.
  protected static ObjectNode answer(String name, String state, int call) throws IOException {
    JsonNode file = Json.trusted(resource("/io/edgewright/functions/workflow/cases.json"));
    JsonNode tests = file.at("/StateMachines/compile/TestCases");
    String answers = tests.required(name).required(state).asText();
    for (var entry : file.required("MockedResponses").required(answers).properties()) {
      // `2` or `0-4`
      int first = Integer.parseInt(entry.getKey().replaceFirst("-.*", ""));
      int last = Integer.parseInt(entry.getKey().replaceFirst(".*-", ""));
      if (first <= call && call <= last) {
        return (ObjectNode) entry.getValue();
      }
    }
    throw new IllegalStateException(name + " has no answer to call " + call + " of " + state);
  }

  protected static String resource(String path) throws IOException {
    try (InputStream file = WorkflowCases.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(file, path).readAllBytes(), UTF_8);
    }
  }
}
