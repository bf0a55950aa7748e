package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.workflow.Journal.Execution;
import io.edgewright.functions.embedded.workflow.Journal.Kind;
import io.edgewright.functions.embedded.workflow.Journal.Position;
import io.edgewright.functions.embedded.workflow.Machine.State;
import io.edgewright.functions.embedded.workflow.Machine.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Walks one execution through its machine, from the beginning or from where the journal says it
/// was.
final class Runner {
  private final Journal journal;
  private final Execution execution;
  private final Map<String, Step> steps;
  private final ExecutorService threads;
  private final Pause pause;

  /// @param threads run the items of maps, one thread each
  Runner(
      Journal journal,
      Execution execution,
      Map<String, Step> steps,
      ExecutorService threads,
      Pause pause) {
    this.journal = journal;
    this.execution = execution;
    this.steps = steps;
    this.threads = threads;
    this.pause = pause;
  }

  /// @return the output of the machine
  /// @throws WorkflowException when an error was neither retried away nor caught
  JsonNode run(Machine machine) throws InterruptedException {
    return walk(machine, "", execution.input(), Json.object());
  }

  /// One frame, to its end.
  private JsonNode walk(Machine machine, String frame, JsonNode input, ObjectNode context)
      throws InterruptedException {
    Position position = journal.position(execution, frame).orElse(null);
    if (position == null) {
      position = enter(frame, machine.startAt(), input);
    }
    while (position.kind() != Kind.ENDED) {
      position = leave(frame, step(machine, frame, position, context));
    }
    return position.detail();
  }

  /// A state's output, and where it leads.
  private record Exit(JsonNode output, Transition next) {}

  private Exit step(Machine machine, String frame, Position position, ObjectNode context)
      throws InterruptedException {
    return switch (machine.state(position.state())) {
      case State.Task task -> task(task, frame, position, context);
      case State.MapOver map -> map(map, frame, position, context);
      case State.Succeed _ -> new Exit(position.detail(), new Transition.End());
    };
  }

  private Position enter(String frame, String state, JsonNode input) {
    journal.write(execution, frame, Kind.ENTERED, state, input);
    return new Position(Kind.ENTERED, state, input, 0, false);
  }

  private Position leave(String frame, Exit exit) {
    return switch (exit.next()) {
      case Transition.Next(String state) -> enter(frame, state, exit.output());
      case Transition.End _ -> {
        journal.write(execution, frame, Kind.ENDED, "", exit.output());
        yield new Position(Kind.ENDED, "", exit.output(), 0, false);
      }
    };
  }

  private Exit task(State.Task task, String frame, Position position, ObjectNode context)
      throws InterruptedException {
    ObjectNode states = Json.object();
    states.set("input", position.detail());
    states.set("context", context);
    try {
      JsonNode payload = task.payload().evaluate(states);
      ObjectNode result = Json.object().put("StatusCode", 200);
      result.set("Payload", tries(frame, position, task).run(steps.get(task.function()), payload));
      states.set("result", result);
      return new Exit(task.output().evaluate(states), task.next());
    } catch (WorkflowException e) {
      return caught(task, states, e);
    }
  }

  private TaskTries tries(String frame, Position position, State.Task task) {
    return new TaskTries(
        (kind, detail) -> journal.write(execution, frame, kind, position.state(), detail),
        task.retry(),
        position,
        pause);
  }

  private static Exit caught(State.Task task, ObjectNode states, WorkflowException e) {
    states.set("errorOutput", e.errorOutput());
    return task.catches().stream()
        .filter(catcher -> Machine.matches(catcher.errors(), e.error()))
        .findFirst()
        .map(catcher ->
            new Exit(
                catcher.output().map(output -> output.evaluate(states)).orElseGet(e::errorOutput),
                new Transition.Next(catcher.next())))
        .orElseThrow(() -> e);
  }

  private Exit map(State.MapOver map, String frame, Position position, ObjectNode context)
      throws InterruptedException {
    ObjectNode states = Json.object();
    states.set("input", position.detail());
    states.set("context", context);
    JsonNode items = map.items().evaluate(states);
    if (!items.isArray()) {
      throw new WorkflowException("States.QueryEvaluationError", "`Items` is not a list");
    }
    Semaphore turns =
        new Semaphore(map.maxConcurrency() == 0 ? Integer.MAX_VALUE : map.maxConcurrency());
    List<Future<JsonNode>> running = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ObjectNode item = itemStates(position.detail(), items.get(i), i);
      String itemFrame = frame + "/" + position.state() + "/" + i;
      running.add(
          threads.submit(() -> {
            turns.acquire();
            try {
              JsonNode input = map.itemSelector().evaluate(item);
              return walk(map.item(), itemFrame, input, item.withObject("/context"));
            } finally {
              turns.release();
            }
          }));
    }
    states.set("result", join(running));
    return new Exit(map.output().evaluate(states), map.next());
  }

  private static ObjectNode itemStates(JsonNode input, JsonNode value, int index) {
    ObjectNode states = Json.object();
    states.set("input", input);
    states.withObject("/context/Map/Item").put("Index", index).set("Value", value);
    return states;
  }

  /// All results in order. The first item that fails ends the others, as Step Functions does.
  private static ArrayNode join(List<Future<JsonNode>> running) throws InterruptedException {
    ArrayNode results = Json.array();
    try {
      for (Future<JsonNode> item : running) {
        results.add(item.get());
      }
      return results;
    } catch (ExecutionException e) {
      running.forEach(item -> item.cancel(true));
      switch (e.getCause()) {
        case WorkflowException failed -> throw failed;
        case InterruptedException stopped -> throw stopped;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
