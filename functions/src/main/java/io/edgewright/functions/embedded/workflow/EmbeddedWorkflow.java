package io.edgewright.functions.embedded.workflow;

import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Workflow;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.Database.DatabaseException;
import io.edgewright.functions.embedded.workflow.Journal.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Runs executions in threads of this process.
public final class EmbeddedWorkflow implements Workflow, AutoCloseable {
  private static final String FILE = "/io/edgewright/functions/compile.asl.json";

  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final Machine machine;
  private final Map<String, Step> steps;
  private final Journal journal;
  private final Pause pause;
  private final EventLog log;
  private final Map<String, ExecutorService> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// @param steps by the names under which the file calls them
  /// @throws IllegalArgumentException when the file has anything that is not supported
  public EmbeddedWorkflow(
      Database database, Map<String, Step> steps, Pause pause, EventLog log, Clock clock) {
    this.machine = AslReader.read(Json.trusted(definition()), steps.keySet());
    this.steps = Map.copyOf(steps);
    this.journal = new Journal(database, log, clock);
    this.pause = pause;
    this.log = log;
  }

  private static String definition() {
    try (InputStream in = EmbeddedWorkflow.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String compilation, int attempt) {
    return compilation + "-" + attempt;
  }

  @Override
  public void start(String compilation, int attempt) {
    Execution execution =
        new Execution(
            name(compilation, attempt),
            Json.object().put("compilation", compilation).put("attempt", attempt),
            journal.now());
    if (journal.create(execution)) {
      launch(execution);
    }
  }

  /// Goes on with every execution that was under way when the service ended.
  public void resume() {
    journal.running().forEach(this::launch);
  }

  /// Whether it was ever started, be it before this process.
  public boolean knows(String compilation, int attempt) {
    return journal.knows(name(compilation, attempt));
  }

  /// Whether an execution is at work in this process.
  public boolean isRunning(String compilation, int attempt) {
    return running.containsKey(name(compilation, attempt));
  }

  private void launch(Execution execution) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    if (!closed && running.putIfAbsent(execution.name(), threads) == null) {
      threads.execute(() -> run(execution, threads));
    }
  }

  private void run(Execution execution, ExecutorService threads) {
    try {
      walk(execution);
    } catch (InterruptedException _) {
      // Stopped while it waited for the journal: the next start knows what became of it.
    } catch (RuntimeException e) {
      log.fault("execution " + execution.name(), e);
    } finally {
      running.remove(execution.name());
      threads.shutdown();
    }
  }

  /// To its end. When the journal cannot be written, because the disk is full for instance, the
  /// execution waits until it can.
  private void walk(Execution execution) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        walkOnce(execution);
        return;
      } catch (DatabaseException e) {
        if (closed) {
          return;
        }
        log.fault("journal of execution " + execution.name(), e);
        pause.of(Duration.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(failures, 9))));
      }
    }
  }

  private void walkOnce(Execution execution) {
    try {
      new Runner(journal, execution, steps, pause).run(machine);
      journal.finish(execution, "succeeded");
    } catch (WorkflowException e) {
      log.fault("execution " + execution.name(), e);
      journal.finish(execution, "failed");
    } catch (InterruptedException _) {
      // On shutdown it stays `running` in the journal and is resumed; otherwise it was deleted.
      if (!closed) {
        journal.finish(execution, "stopped");
      }
    }
  }

  @Override
  public void stop(String compilation, int attempt) {
    ExecutorService threads = running.get(name(compilation, attempt));
    if (threads != null) {
      threads.shutdownNow();
    }
  }

  /// Interrupts every step and waits until they have let go. What was under way is resumed at the
  /// next start.
  @Override
  public void close() {
    closed = true;
    running.values().forEach(ExecutorService::shutdownNow);
    for (ExecutorService threads : running.values()) {
      try {
        if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
          log.fault("shutdown", new IllegalStateException("a step does not end"));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
