package io.edgewright.functions.embedded.workflow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A state machine: the whole of `compile.asl.json`, what a map does for each item, or a branch.
///
/// @param timeout of an execution; only the outermost machine has one
record Machine(String startAt, Map<String, State> states, Optional<Duration> timeout) {
  Machine {
    states = Map.copyOf(states);
  }

  State state(String name) {
    return Objects.requireNonNull(states.get(name), name);
  }

  /// One state.
  sealed interface State {
    /// Calls a function.
    ///
    /// @param timeout of one try
    record Task(
        String function,
        Template payload,
        Optional<Duration> timeout,
        Recovery recovery,
        After after)
        implements State {}

    /// Runs a machine for every item of a list.
    ///
    /// @param maxConcurrency how many at the same time; 0 is no limit
    record MapOver(
        Template items,
        Template itemSelector,
        int maxConcurrency,
        Machine item,
        Recovery recovery,
        After after)
        implements State {}

    /// Runs several machines on the same input.
    record Parallel(Template arguments, List<Machine> branches, Recovery recovery, After after)
        implements State {}

    /// Goes where the first rule that holds says.
    record Choice(List<Rule> rules, Optional<After> otherwise) implements State {}

    /// Lets time pass.
    record Wait(Until until, After after) implements State {}

    /// Computes its output.
    record Pass(After after) implements State {}

    /// Ends its machine.
    record Succeed(Template output) implements State {}

    /// Ends its machine with an error.
    record Fail(Optional<Template> error, Optional<Template> cause) implements State {}
  }

  /// What a state does when its work is done. The assignments see the old values of the variables.
  record After(Template output, Map<String, Template> assign, Transition next) {
    After {
      assign = new LinkedHashMap<>(assign);
    }
  }

  /// Where to go after a state.
  sealed interface Transition {
    record Next(String state) implements Transition {}

    record End() implements Transition {}
  }

  record Rule(Template condition, After after) {}

  /// When a wait is over.
  sealed interface Until {
    record Seconds(Template seconds) implements Until {}

    record Timestamp(Template timestamp) implements Until {}
  }

  /// What a state does about errors: tries again, then goes elsewhere, then ends its machine.
  record Recovery(List<Retrier> retry, List<Catcher> catches) {
    Recovery {
      retry = List.copyOf(retry);
      catches = List.copyOf(catches);
    }
  }

  /// @param maxAttempts retries, beside the first try
  record Retrier(
      List<String> errors,
      Duration interval,
      int maxAttempts,
      double backoffRate,
      Duration maxDelay,
      boolean fullJitter) {
    Retrier {
      errors = List.copyOf(errors);
    }

    /// The longest wait before retry `number`, which counts from 1.
    Duration delay(int number) {
      double millis = interval.toMillis() * Math.pow(backoffRate, number - 1);
      return Duration.ofMillis(Math.round(Math.min(millis, (double) maxDelay.toMillis())));
    }
  }

  record Catcher(List<String> errors, After after) {
    Catcher {
      errors = List.copyOf(errors);
    }
  }
}
