package io.edgewright.functions.embedded.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A state machine: the whole of `compile.asl.json`, or what a map does for each item.
record Machine(String startAt, Map<String, State> states) {
  /// What `ErrorEquals` says for any error.
  static final String ANY_ERROR = "States.ALL";

  Machine {
    states = Map.copyOf(states);
  }

  State state(String name) {
    return Objects.requireNonNull(states.get(name), name);
  }

  /// One state.
  sealed interface State {
    /// Calls a function.
    record Task(
        String function,
        Template payload,
        Template output,
        List<Retrier> retry,
        List<Catcher> catches,
        Transition next)
        implements State {}

    /// Runs a machine for every item of a list.
    record MapOver(
        Template items,
        Template itemSelector,
        int maxConcurrency,
        Machine item,
        Template output,
        Transition next)
        implements State {}

    /// Ends its machine with its input as output.
    record Succeed() implements State {}
  }

  /// Where to go after a state.
  sealed interface Transition {
    record Next(String state) implements Transition {}

    record End() implements Transition {}
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

  record Catcher(List<String> errors, Optional<Template> output, String next) {
    Catcher {
      errors = List.copyOf(errors);
    }
  }

  static boolean matches(List<String> errors, String error) {
    return errors.contains(error) || errors.contains(ANY_ERROR);
  }
}
