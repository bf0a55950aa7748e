package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.NoRetry;
import io.edgewright.functions.core.workflow.ServiceFault;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.workflow.Journal.Execution;
import io.edgewright.functions.workflow.WorkflowCases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/// The embedded service's own interpreter.
class EmbeddedWorkflowCasesTest extends WorkflowCases {
  private static final List<String> FUNCTIONS =
      List.of("Inspect", "Compile", "Verify", "Publish", "Summarise", "GiveUp");

  @TempDir private Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Override
  protected Ended run(String name) throws IOException, InterruptedException {
    try {
      JsonNode output = run(name, _ -> {});
      return new Ended("SUCCEEDED", Json.text(output), entered());
    } catch (WorkflowException failed) {
      return new Ended("FAILED", failed.error(), entered());
    }
  }

  @Override
  protected String statusOfStopped(String name) throws IOException {
    try {
      JsonNode output =
          run(
              name,
              _ -> {
                throw new InterruptedException("stopped");
              });
      return "SUCCEEDED with " + output;
    } catch (InterruptedException stopped) {
      return "ABORTED";
    }
  }

  private JsonNode run(String name, Pause pause) throws IOException, InterruptedException {
    Map<String, Step> steps = new HashMap<>();
    for (String function : FUNCTIONS) {
      steps.put(function + "Function", scripted(name, function));
    }
    Machine machine = AslReader.read(Json.trusted(definition()), steps.keySet());
    Clock clock = Clock.systemUTC();
    EventLog events = new EventLog(new PrintStream(log, true, StandardCharsets.UTF_8), clock);
    try (Database database = new Database(folder.resolve("journal.db"))) {
      Journal journal = new Journal(database, events, clock);
      Execution execution = new Execution("one", Json.trusted(INPUT), clock.instant());
      journal.create(execution);
      return new Runner(journal, execution, steps, pause).run(machine);
    }
  }

  /// Answers as the case says for the state that calls.
  private static Step scripted(String name, String function) {
    Map<String, Integer> calls = new HashMap<>();
    Function<JsonNode, String> state =
        input -> function.equals("GiveUp") ? stateThatGivesUp(input) : function;
    return input -> {
      synchronized (calls) {
        String caller = state.apply(input);
        int call = calls.merge(caller, 1, Integer::sum) - 1;
        ObjectNode answer = answer(name, caller, call);
        if (answer.has("Throw")) {
          throw thrown(answer.path("Throw"));
        }
        return (ObjectNode) answer.at("/Return/Payload");
      }
    };
  }

  private static String stateThatGivesUp(JsonNode input) {
    if (!input.has("target")) {
      return "GiveUp";
    }
    return input.has("problems") ? "Refuse" : "GiveUpTarget";
  }

  /// Here the class of what a step throws is the error's name.
  private static RuntimeException thrown(JsonNode error) {
    String name = error.path("Error").asText();
    if (name.equals(NoRetry.class.getName())) {
      return new NoRetry(error.path("Cause").asText());
    }
    return name.equals(ServiceFault.class.getName())
        ? new ServiceFault(List.of())
        : new IllegalStateException(name);
  }

  private List<String> entered() {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .map(Json::trusted)
        .filter(line -> line.path("kind").asText().equals("entered"))
        .map(line -> line.path("state").asText())
        .sorted()
        .toList();
  }
}
