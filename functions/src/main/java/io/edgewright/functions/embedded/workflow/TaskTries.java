package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.workflow.Journal.Kind;
import io.edgewright.functions.embedded.workflow.Journal.Position;
import io.edgewright.functions.embedded.workflow.Machine.Retrier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Tries a step until it succeeds or its retriers have had enough.
final class TaskTries {
  private final BiConsumer<Kind, JsonNode> journal;
  private final List<Retrier> retriers;
  private final Position position;
  private final Pause pause;

  TaskTries(
      BiConsumer<Kind, JsonNode> journal, List<Retrier> retriers, Position position, Pause pause) {
    this.journal = journal;
    this.retriers = retriers;
    this.position = position;
    this.pause = pause;
  }

  /// @throws WorkflowException the error of the last try
  JsonNode run(@Nullable Step step, JsonNode payload) throws InterruptedException {
    int tries = position.tries();
    if (position.underWay()) {
      // Killed during a try. It counts: a model that kills the service must not do so for ever.
      failed(new WorkflowException("States.TaskFailed", "the service was stopped"), tries, false);
    }
    while (true) {
      tries++;
      journal.accept(Kind.STARTED, Json.object().put("try", tries));
      try {
        return step == null ? missing() : step.run(payload);
      } catch (InterruptedException e) {
        journal.accept(Kind.RELEASED, Json.object());
        throw e;
      } catch (Exception e) {
        if (Thread.currentThread().isInterrupted()) {
          journal.accept(Kind.RELEASED, Json.object());
          throw new InterruptedException(e.getMessage());
        }
        failed(WorkflowException.of(e), tries, true);
      }
    }
  }

  private static JsonNode missing() {
    throw new IllegalStateException("a function without a step");
  }

  /// Returns when there is to be another try.
  private void failed(WorkflowException error, int tries, boolean wait)
      throws InterruptedException {
    journal.accept(Kind.FAILED, error.errorOutput());
    Retrier retrier =
        retriers.stream()
            .filter(each -> Machine.matches(each.errors(), error.error()))
            .findFirst()
            .orElseThrow(() -> error);
    if (tries > retrier.maxAttempts()) {
      throw error;
    }
    if (wait) {
      pause.of(delay(retrier, tries));
    }
  }

  private static Duration delay(Retrier retrier, int number) {
    long longest = retrier.delay(number).toMillis();
    return Duration.ofMillis(
        retrier.fullJitter() ? ThreadLocalRandom.current().nextLong(longest + 1) : longest);
  }
}
