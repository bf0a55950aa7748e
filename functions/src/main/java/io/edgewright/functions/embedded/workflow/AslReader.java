package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.embedded.workflow.Machine.Catcher;
import io.edgewright.functions.embedded.workflow.Machine.Retrier;
import io.edgewright.functions.embedded.workflow.Machine.State;
import io.edgewright.functions.embedded.workflow.Machine.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// States Language -> [Machine]. What this interpreter does not do is refused here, by name and
/// place, so that nothing in the file is silently left out.
final class AslReader {
  private static final String INVOKE = "arn:aws:states:::lambda:invoke";
  private final Set<String> functions;

  private AslReader(Set<String> functions) {
    this.functions = functions;
  }

  /// @param functions the names that `FunctionName` may have
  /// @throws IllegalArgumentException when the file has anything that is not supported
  static Machine read(JsonNode asl, Set<String> functions) {
    AslFields top = new AslFields("the state machine", asl);
    if (!top.text("QueryLanguage").equals("JSONata")) {
      throw top.unsupported("QueryLanguage", "JSONata");
    }
    Machine machine = new AslReader(functions).machine(top);
    top.end();
    return machine;
  }

  /// `StartAt` and `States` of a machine that may have more fields.
  private Machine machine(AslFields fields) {
    Map<String, State> states = new LinkedHashMap<>();
    fields
        .required("States")
        .properties()
        .forEach(state -> states.put(state.getKey(), state(state.getKey(), state.getValue())));
    Machine machine = new Machine(fields.text("StartAt"), states);
    checkTargets(machine, fields);
    return machine;
  }

  private static void checkTargets(Machine machine, AslFields fields) {
    List<String> wanted = new ArrayList<>(List.of(machine.startAt()));
    for (State state : machine.states().values()) {
      switch (state) {
        case State.Task task -> {
          task.catches().forEach(catcher -> wanted.add(catcher.next()));
          next(task.next()).ifPresent(wanted::add);
        }
        case State.MapOver map -> next(map.next()).ifPresent(wanted::add);
        case State.Succeed _ -> {}
      }
    }
    wanted.removeAll(machine.states().keySet());
    if (!wanted.isEmpty()) {
      throw fields.wrong("a transition to " + wanted + ", which is not among its states");
    }
  }

  private static Optional<String> next(Transition transition) {
    return switch (transition) {
      case Transition.Next(String state) -> Optional.of(state);
      case Transition.End _ -> Optional.empty();
    };
  }

  private State state(String name, JsonNode json) {
    AslFields fields = new AslFields("state `" + name + "`", json);
    State state =
        switch (fields.text("Type")) {
          case "Task" -> task(fields);
          case "Map" -> map(fields);
          case "Succeed" -> new State.Succeed();
          default -> throw fields.unsupported("Type", "Task, Map or Succeed");
        };
    fields.end();
    return state;
  }

  private State task(AslFields fields) {
    if (!fields.text("Resource").equals(INVOKE)) {
      throw fields.unsupported("Resource", INVOKE);
    }
    AslFields arguments = fields.nested("Arguments");
    String function = arguments.text("FunctionName");
    if (!functions.contains(function)) {
      throw arguments.unsupported("FunctionName", functions.toString());
    }
    Template payload = arguments.template("Payload").orElse(Template.INPUT);
    arguments.end();
    return new State.Task(
        function,
        payload,
        fields.template("Output").orElse(Template.RESULT),
        fields.list("Retry").stream().map(AslReader::retrier).toList(),
        fields.list("Catch").stream().map(AslReader::catcher).toList(),
        transition(fields));
  }

  private State map(AslFields fields) {
    AslFields processor = fields.nested("ItemProcessor");
    AslFields config = processor.nested("ProcessorConfig");
    if (!config.text("Mode").equals("INLINE")) {
      throw config.unsupported("Mode", "INLINE");
    }
    config.end();
    Machine item = machine(processor);
    processor.end();
    return new State.MapOver(
        fields.template("Items").orElseThrow(() -> fields.wrong("no `Items`")),
        fields.template("ItemSelector").orElseThrow(() -> fields.wrong("no `ItemSelector`")),
        fields.whole("MaxConcurrency", 0),
        item,
        fields.template("Output").orElse(Template.RESULT),
        transition(fields));
  }

  private static Transition transition(AslFields fields) {
    Optional<String> next = fields.optionalText("Next");
    boolean end = fields.flag("End");
    if (next.isPresent() == end) {
      throw fields.wrong("not exactly one of `Next` and `End`");
    }
    return next.<Transition>map(Transition.Next::new).orElseGet(Transition.End::new);
  }

  private static Retrier retrier(AslFields fields) {
    Retrier retrier =
        new Retrier(
            fields.texts("ErrorEquals"),
            Duration.ofSeconds(fields.whole("IntervalSeconds", 1)),
            fields.whole("MaxAttempts", 3),
            fields.number("BackoffRate", 2),
            Duration.ofSeconds(fields.whole("MaxDelaySeconds", 31_622_400)),
            fields.optionalText("JitterStrategy").orElse("NONE").equals("FULL"));
    fields.end();
    return retrier;
  }

  private static Catcher catcher(AslFields fields) {
    Catcher catcher =
        new Catcher(fields.texts("ErrorEquals"), fields.template("Output"), fields.text("Next"));
    fields.end();
    return catcher;
  }
}
