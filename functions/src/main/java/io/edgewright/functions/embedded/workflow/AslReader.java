package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.embedded.workflow.Machine.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// States Language -> [Machine]. What this interpreter does not do is refused here, by name and
/// place, so that nothing in the file is silently left out. `docs/workflow.md` lists what it does.
final class AslReader {
  /// A year with a day to spare, the most that Step Functions takes anywhere.
  static final int LONGEST_SECONDS = 31_622_400;

  private static final int LONGEST_NAME = 80;
  private static final int MOST_BRANCHES = 40;

  private final Set<String> functions;
  private final Set<String> names = new HashSet<>();

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
    top.word("Version", "1.0");
    Optional<Duration> timeout = timeout(top);
    Machine machine = new AslReader(functions).machine(top, Visible.in(Set.of(), false), timeout);
    top.end();
    return machine;
  }

  private static Optional<Duration> timeout(AslFields fields) {
    int seconds = fields.whole("TimeoutSeconds", 0, 1, LONGEST_SECONDS);
    return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  /// `StartAt` and `States` of a machine that may have more fields.
  private Machine machine(AslFields fields, Visible outer, Optional<Duration> timeout) {
    Map<String, AslFields> read = fields.states();
    Visible visible = withVariables(read, outer);
    Map<String, State> states = new LinkedHashMap<>();
    read.forEach((name, state) -> {
      checkName(name, state);
      states.put(name, state(state, visible));
    });
    Machine machine = new Machine(fields.text("StartAt"), states, timeout);
    Set<String> unknown = Targets.missing(machine);
    if (!unknown.isEmpty()) {
      throw fields.wrong("a transition to " + unknown + ", which is not among its states");
    }
    return machine;
  }

  /// A variable belongs to one machine: those inside see it, and have none of the same name.
  private static Visible withVariables(Map<String, AslFields> states, Visible outer) {
    Set<String> variables = new HashSet<>(outer.variables());
    for (AslFields state : states.values()) {
      for (String name : state.assigned()) {
        if (outer.variables().contains(name) || name.equals("states")) {
          throw state.wrong("an assignment to `" + name + "`, which is not its own");
        }
        variables.add(name);
      }
    }
    return Visible.in(variables, outer.insideMap());
  }

  /// Names are unique over all machines, and go into the names of frames.
  private void checkName(String name, AslFields state) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.matches(".*[/~].*")) {
      throw state.wrong("a name that is empty, longer than 80 letters, or has a `/` or a `~`");
    }
    if (!names.add(name)) {
      throw state.wrong("a second state of this name");
    }
  }

  private State state(AslFields fields, Visible visible) {
    fields.word("QueryLanguage", "JSONata");
    ExitReader exits = new ExitReader(fields);
    State state =
        switch (fields.text("Type")) {
          case "Task" -> task(fields, exits, visible);
          case "Map" -> map(fields, exits, visible);
          case "Parallel" -> parallel(fields, exits, visible);
          case "Choice" -> new State.Choice(exits.rules(visible), exits.otherwise(visible));
          case "Wait" -> new State.Wait(exits.until(visible), exits.after(visible, Template.INPUT));
          case "Pass" -> new State.Pass(exits.after(visible, Template.INPUT));
          case "Succeed" ->
              new State.Succeed(fields.template("Output", visible).orElse(Template.INPUT));
          case "Fail" -> exits.fail(visible);
          default ->
              throw fields.unsupported(
                  "Type", "Task, Map, Parallel, Choice, Wait, Pass, Succeed, Fail");
        };
    fields.end();
    return state;
  }

  private State task(AslFields fields, ExitReader exits, Visible visible) {
    String invoke = "arn:aws:states:::lambda:invoke";
    if (!fields.text("Resource").equals(invoke)) {
      throw fields.unsupported("Resource", invoke);
    }
    AslFields arguments = fields.nested("Arguments");
    String function = arguments.text("FunctionName");
    if (!functions.contains(function)) {
      throw arguments.unsupported("FunctionName", functions.toString());
    }
    Template payload =
        arguments.template("Payload", visible).orElseThrow(() -> arguments.wrong("no `Payload`"));
    arguments.end();
    return new State.Task(
        function,
        payload,
        timeout(fields),
        exits.recovery(visible),
        exits.after(visible.with("result"), Template.RESULT));
  }

  private State map(AslFields fields, ExitReader exits, Visible visible) {
    AslFields processor = fields.nested("ItemProcessor");
    if (processor.has("ProcessorConfig")) {
      AslFields config = processor.nested("ProcessorConfig");
      config.word("Mode", "INLINE");
      config.end();
    }
    Machine item = machine(processor, visible.withItem(), Optional.empty());
    processor.end();
    return new State.MapOver(
        fields.template("Items", visible).orElse(Template.INPUT),
        fields.template("ItemSelector", visible.withItem()).orElse(Template.ITEM),
        fields.whole("MaxConcurrency", 0, 0, Integer.MAX_VALUE),
        item,
        exits.recovery(visible),
        exits.after(visible.with("result"), Template.RESULT));
  }

  private State parallel(AslFields fields, ExitReader exits, Visible visible) {
    List<AslFields> branches = fields.fullList("Branches");
    if (branches.size() > MOST_BRANCHES) {
      throw fields.wrong("more than " + MOST_BRANCHES + " `Branches`");
    }
    List<Machine> machines =
        branches.stream()
            .map(branch -> {
              Machine machine = machine(branch, visible, Optional.empty());
              branch.end();
              return machine;
            })
            .toList();
    return new State.Parallel(
        fields.template("Arguments", visible).orElse(Template.INPUT),
        machines,
        exits.recovery(visible),
        exits.after(visible.with("result"), Template.RESULT));
  }
}
