package io.edgewright.functions.embedded.workflow;

import io.edgewright.functions.embedded.workflow.Machine.After;
import io.edgewright.functions.embedded.workflow.Machine.Recovery;
import io.edgewright.functions.embedded.workflow.Machine.State;
import io.edgewright.functions.embedded.workflow.Machine.Transition;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Where the states of a machine lead.
final class Targets {
  private Targets() {}

  /// Those that are not among its states.
  static Set<String> missing(Machine machine) {
    Set<String> wanted = new TreeSet<>(Set.of(machine.startAt()));
    machine
        .states()
        .values()
        .forEach(state -> exits(state).forEach(after -> addNext(after, wanted)));
    wanted.removeAll(machine.states().keySet());
    return wanted;
  }

  private static Stream<After> exits(State state) {
    return switch (state) {
      case State.Task task -> exits(task.recovery(), task.after());
      case State.MapOver map -> exits(map.recovery(), map.after());
      case State.Parallel parallel -> exits(parallel.recovery(), parallel.after());
      case State.Choice choice ->
          Stream.concat(
              choice.rules().stream().map(Machine.Rule::after), choice.otherwise().stream());
      case State.Wait wait -> Stream.of(wait.after());
      case State.Pass pass -> Stream.of(pass.after());
      case State.Succeed _, State.Fail _ -> Stream.of();
    };
  }

  private static Stream<After> exits(Recovery recovery, After after) {
    return Stream.concat(Stream.of(after), recovery.catches().stream().map(Machine.Catcher::after));
  }

  private static void addNext(After after, Set<String> wanted) {
    switch (after.next()) {
      case Transition.Next(String state) -> wanted.add(state);
      case Transition.End _ -> {}
    }
  }
}
