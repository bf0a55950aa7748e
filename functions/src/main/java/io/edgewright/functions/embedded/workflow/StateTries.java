package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.embedded.workflow.Journal.Kind;
import io.edgewright.functions.embedded.workflow.Machine.Retrier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/// Tries a state's work until it succeeds or its retriers have had enough. Each retrier counts the
/// errors that it was the first to know.
final class StateTries {
  /// A try that ended with the service is not the state's fault, as a rule. But a model that kills
  /// the service must not do so for ever: from here on it is an error of the state.
  private static final int FORGIVEN_KILLS = 10;

  private final BiConsumer<Kind, JsonNode> journal;
  private final List<Retrier> retriers;
  private final Pause pause;
  private final int[] retries;

  /// @param journal takes a line about the state
  StateTries(BiConsumer<Kind, JsonNode> journal, List<Retrier> retriers, Pause pause) {
    this.journal = journal;
    this.retriers = retriers;
    this.pause = pause;
    this.retries = new int[retriers.size()];
  }

  /// One try.
  interface Work {
    /// @param run counts the tries of the state in its frame, from 1
    /// @throws WorkflowException when the try failed
    JsonNode run(int run) throws InterruptedException;
  }

  /// A task. A try that was under way when the service ended is over, whatever became of it.
  ///
  /// @throws WorkflowException the error of the last try
  JsonNode task(Position position, Work work) throws InterruptedException {
    replay(position.tries().failures());
    if (position.tries().underWay()) {
      killed(position.tries().kills() + 1);
    }
    int run = position.runsOfState();
    while (true) {
      journal.accept(Kind.STARTED, Json.object());
      try {
        return work.run(++run);
      } catch (InterruptedException e) {
        journal.accept(Kind.RELEASED, Json.object());
        throw e;
      } catch (WorkflowException e) {
        pause.of(failed(e));
      }
    }
  }

  /// Machines inside of a state. They have journals of their own, so a try goes on where it was.
  ///
  /// @throws WorkflowException the error of the last try
  JsonNode machines(Position position, Work work) throws InterruptedException {
    replay(position.tries().failures());
    boolean underWay = position.tries().underWay();
    int run = position.runsOfState();
    while (true) {
      if (!underWay) {
        journal.accept(Kind.STARTED, Json.object());
        run++;
      }
      underWay = false;
      try {
        return work.run(run);
      } catch (WorkflowException e) {
        pause.of(failed(e));
      }
    }
  }

  private void replay(List<String> failures) {
    failures.forEach(error -> {
      int retrier = retrier(error);
      if (retrier >= 0) {
        retries[retrier]++;
      }
    });
  }

  private int retrier(String error) {
    for (int i = 0; i < retriers.size(); i++) {
      if (ErrorNames.match(retriers.get(i).errors(), error)) {
        return i;
      }
    }
    return -1;
  }

  private void killed(int kills) {
    journal.accept(Kind.KILLED, Json.object());
    if (kills > FORGIVEN_KILLS) {
      failed(
          new WorkflowException(
              ErrorNames.TASK_FAILED, "the service ended during " + kills + " tries"));
    }
  }

  /// Returns how long to wait for the next try.
  ///
  /// @throws WorkflowException this error, when there is not to be another try
  private Duration failed(WorkflowException error) {
    journal.accept(Kind.FAILED, error.errorOutput());
    int number = retrier(error.error());
    if (number < 0 || retries[number] >= retriers.get(number).maxAttempts()) {
      throw error;
    }
    return delay(retriers.get(number), ++retries[number]);
  }

  private static Duration delay(Retrier retrier, int retry) {
    long longest = retrier.delay(retry).toMillis();
    return Duration.ofMillis(
        retrier.fullJitter() ? ThreadLocalRandom.current().nextLong(longest + 1) : longest);
  }
}
