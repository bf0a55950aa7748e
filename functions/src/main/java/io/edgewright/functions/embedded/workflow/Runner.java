package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.workflow.Journal.Execution;
import io.edgewright.functions.embedded.workflow.Journal.Kind;
import io.edgewright.functions.embedded.workflow.Journal.Line;
import io.edgewright.functions.embedded.workflow.Machine.After;
import io.edgewright.functions.embedded.workflow.Machine.Recovery;
import io.edgewright.functions.embedded.workflow.Machine.State;
import io.edgewright.functions.embedded.workflow.Machine.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/// Walks one execution through its machine, from the beginning or from where the journal says it
/// was.
final class Runner {
  private final Journal journal;
  private final Execution execution;
  private final Map<String, Step> steps;
  private final Pause pause;

  Runner(Journal journal, Execution execution, Map<String, Step> steps, Pause pause) {
    this.journal = journal;
    this.execution = execution;
    this.steps = steps;
    this.pause = pause;
  }

  /// @return the output of the machine
  /// @throws WorkflowException when an error was neither retried away nor caught
  JsonNode run(Machine machine) throws InterruptedException {
    Frame frame = new Frame("", Json.object(), Json.object());
    if (machine.timeout().isEmpty()) {
      return walk(machine, frame, execution.input());
    }
    // What passed before a restart counts; a clock that was set back in between adds nothing.
    Duration passed = Duration.between(execution.startedAt(), journal.now());
    Duration left = machine.timeout().get().minus(passed.isNegative() ? Duration.ZERO : passed);
    return Together.within(
        left.isNegative() ? Duration.ZERO : left, () -> walk(machine, frame, execution.input()));
  }

  /// One walk through one machine.
  ///
  /// @param context what is in `$states.context` beside the execution and the state
  /// @param outer the variables of the machines around it
  private record Frame(String name, ObjectNode context, ObjectNode outer) {}

  private JsonNode walk(Machine machine, Frame frame, JsonNode input) throws InterruptedException {
    Position position =
        journal
            .position(execution, frame.name())
            .orElseGet(() -> enter(frame, machine.startAt(), input));
    while (!position.ended()) {
      position = leave(frame, position, step(machine, frame, position));
    }
    return position.detail();
  }

  /// What a state came to.
  private record Left(JsonNode output, ObjectNode assigned, Transition next) {
    static Left end(JsonNode output) {
      return new Left(output, Json.object(), new Transition.End());
    }
  }

  private Left step(Machine machine, Frame frame, Position position) throws InterruptedException {
    Scope scope = scope(frame, position);
    return switch (machine.state(position.state())) {
      case State.Task task ->
          recovered(task.recovery(), task.after(), scope, () -> task(task, frame, position, scope));
      case State.MapOver map ->
          recovered(map.recovery(), map.after(), scope, () -> map(map, frame, position, scope));
      case State.Parallel parallel ->
          recovered(
              parallel.recovery(),
              parallel.after(),
              scope,
              () -> parallel(parallel, frame, position, scope));
      case State.Choice choice -> after(Choices.choose(choice, scope), scope);
      case State.Wait wait -> {
        pause.of(Waits.left(wait.until(), scope, position.enteredAt(), journal.now()));
        yield after(wait.after(), scope);
      }
      case State.Pass pass -> after(pass.after(), scope);
      case State.Succeed succeed -> Left.end(succeed.output().evaluate(scope));
      case State.Fail fail -> throw WorkflowException.of(fail, scope);
    };
  }

  private Scope scope(Frame frame, Position position) {
    ObjectNode context = frame.context().deepCopy();
    context.putObject("Execution").put("Name", execution.name()).set("Input", execution.input());
    context.putObject("State").put("Name", position.state());
    return Scope.of(position.detail(), context, variables(frame, position));
  }

  private static ObjectNode variables(Frame frame, Position position) {
    ObjectNode variables = frame.outer().deepCopy();
    variables.setAll(position.variables());
    return variables;
  }

  private Position enter(Frame frame, String state, JsonNode input) {
    return written(frame, List.of(new Line(Kind.ENTERED, state, input, journal.now())));
  }

  private Position leave(Frame frame, Position position, Left left) {
    Instant now = journal.now();
    List<Line> lines = new ArrayList<>();
    if (!left.assigned().isEmpty()) {
      lines.add(new Line(Kind.ASSIGNED, position.state(), left.assigned(), now));
    }
    lines.add(
        switch (left.next()) {
          case Transition.Next(String state) -> new Line(Kind.ENTERED, state, left.output(), now);
          case Transition.End _ -> new Line(Kind.ENDED, "", left.output(), now);
        });
    return written(frame, lines);
  }

  /// What is on the disk is what counts, now as after a restart.
  private Position written(Frame frame, List<Line> lines) {
    journal.write(execution, frame.name(), lines);
    return journal.position(execution, frame.name()).orElseThrow();
  }

  private interface Work {
    JsonNode run() throws InterruptedException;
  }

  /// A state with a result, which may fail and then be caught.
  private static Left recovered(Recovery recovery, After after, Scope scope, Work work)
      throws InterruptedException {
    try {
      return after(after, scope.with("result", work.run()));
    } catch (WorkflowException e) {
      return recovery.catches().stream()
          .filter(catcher -> ErrorNames.match(catcher.errors(), e.error()))
          .findFirst()
          .map(catcher -> after(catcher.after(), scope.with("errorOutput", e.errorOutput())))
          .orElseThrow(() -> e);
    }
  }

  private static Left after(After after, Scope scope) {
    ObjectNode assigned = Json.object();
    after.assign().forEach((name, value) -> assigned.set(name, value.evaluate(scope)));
    return new Left(after.output().evaluate(scope), assigned, after.next());
  }

  private JsonNode task(State.Task task, Frame frame, Position position, Scope scope)
      throws InterruptedException {
    JsonNode payload = task.payload().evaluate(scope);
    Step step = Objects.requireNonNull(steps.get(task.function()), task.function());
    JsonNode answer =
        tries(frame, position, task.recovery())
            .task(
                position,
                _ ->
                    task.timeout().isEmpty()
                        ? call(step, payload)
                        : Together.within(task.timeout().get(), () -> call(step, payload)));
    ObjectNode result = Json.object().put("StatusCode", 200);
    result.set("Payload", answer);
    return result;
  }

  private static JsonNode call(Step step, JsonNode payload) throws InterruptedException {
    try {
      return step.run(payload);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException(e.getMessage());
      }
      throw WorkflowException.of(e);
    }
  }

  private StateTries tries(Frame frame, Position position, Recovery recovery) {
    return new StateTries(
        (kind, detail) ->
            journal.write(
                execution,
                frame.name(),
                List.of(new Line(kind, position.state(), detail, journal.now()))),
        recovery.retry(),
        pause);
  }

  private JsonNode map(State.MapOver map, Frame frame, Position position, Scope scope)
      throws InterruptedException {
    JsonNode items = map.items().evaluate(scope);
    if (!items.isArray()) {
      throw new WorkflowException(ErrorNames.QUERY_EVALUATION, "`Items` is not a list");
    }
    return tries(frame, position, map.recovery())
        .machines(
            position,
            run -> {
              Semaphore turns =
                  new Semaphore(
                      map.maxConcurrency() == 0 ? Integer.MAX_VALUE : map.maxConcurrency());
              List<Callable<JsonNode>> walks = new ArrayList<>();
              for (int i = 0; i < items.size(); i++) {
                ObjectNode item = Json.object().put("Index", i);
                item.set("Value", items.get(i));
                Frame inner = inner(frame, position, run, i);
                inner.context().putObject("Map").set("Item", item);
                walks.add(() -> inTurn(turns, () -> item(map, inner, position)));
              }
              return Json.array().addAll(Together.all(walks));
            });
  }

  private JsonNode item(State.MapOver map, Frame frame, Position position)
      throws InterruptedException {
    // What was entered before a restart has its input in the journal.
    JsonNode input = map.itemSelector().evaluate(scope(frame, position));
    return walk(map.item(), frame, input);
  }

  private static JsonNode inTurn(Semaphore turns, Work work) throws InterruptedException {
    turns.acquire();
    try {
      return work.run();
    } finally {
      turns.release();
    }
  }

  private JsonNode parallel(State.Parallel parallel, Frame frame, Position position, Scope scope)
      throws InterruptedException {
    JsonNode arguments = parallel.arguments().evaluate(scope);
    return tries(frame, position, parallel.recovery())
        .machines(
            position,
            run -> {
              List<Callable<JsonNode>> walks = new ArrayList<>();
              for (Machine branch : parallel.branches()) {
                Frame inner = inner(frame, position, run, walks.size());
                walks.add(() -> walk(branch, inner, arguments));
              }
              return Json.array().addAll(Together.all(walks));
            });
  }

  /// The frame of an item or a branch: another one each time the state is tried.
  private static Frame inner(Frame frame, Position position, int run, int index) {
    String name = frame.name() + "/" + position.state() + (run == 1 ? "" : "~" + run) + "/" + index;
    return new Frame(name, frame.context().deepCopy(), variables(frame, position));
  }
}
