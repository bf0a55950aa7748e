package io.edgewright.functions.aws.lambda;

import io.edgewright.functions.aws.StepFunctionsWorkflow;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.handlers.Wiring;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Each minute: roll-outs, old uploads, compilations that nobody works on. Each quarter of an hour:
/// metadata that nears its end or does not say what the records say, deletions that were broken
/// off. One that fails does not keep the others from their turn.
record Housekeeping(
    Assembly assembly,
    Wiring wiring,
    CompilationStore compilations,
    StepFunctionsWorkflow workflow,
    Step giveUp)
    implements AutoCloseable {
  /// Between a record and the start of its execution, or the end of the one and the other.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int QUARTER = 15;

  static Housekeeping of(Assembly assembly) {
    return new Housekeeping(
        assembly,
        assembly.wiring(),
        assembly.compilations(assembly.tables()),
        assembly.workflow(),
        assembly.giveUp());
  }

  private interface Chore {
    void run() throws IOException;
  }

  void run() throws IOException {
    boolean isQuarter =
        assembly.clock().instant().atZone(ZoneOffset.UTC).getMinute() % QUARTER == 0;
    run(isQuarter);
  }

  void run(boolean isQuarter) throws IOException {
    List<Exception> faults = new ArrayList<>();
    attempt("tick", wiring::tick, faults);
    attempt("unfinished compilations", this::takeCareOfUnfinished, faults);
    if (isQuarter) {
      attempt("recovery", wiring::recover, faults);
    }
    if (!faults.isEmpty()) {
      throw new IOException(faults.size() + " chores failed; the log has them", faults.getFirst());
    }
  }

  private void attempt(String name, Chore chore, List<Exception> faults) {
    try {
      chore.run();
    } catch (IOException | RuntimeException e) {
      assembly.log().fault(name, e);
      faults.add(e);
    }
  }

  private void takeCareOfUnfinished() throws IOException {
    Instant now = assembly.clock().instant();
    Instant before = now.minus(PATIENCE);
    List<Compilation> unfinished = compilations.unfinished();
    tellOldest(unfinished, now);
    for (Compilation compilation : unfinished) {
      if (compilation.updatedAt().isBefore(before)) {
        takeCareOf(compilation);
      }
    }
  }

  /// A line that an alarm watches: for how long nothing has been heard of the compilation that
  /// waits the longest.
  private void tellOldest(List<Compilation> unfinished, Instant now) {
    long seconds =
        unfinished.stream()
            .mapToLong(one -> Duration.between(one.updatedAt(), now).toSeconds())
            .max()
            .orElse(0);
    assembly
        .log()
        .write(
            "unfinished",
            Json.object().put("count", unfinished.size()).put("oldestSeconds", seconds));
  }

  private void takeCareOf(Compilation compilation) throws IOException {
    String id = compilation.id();
    int attempt = compilation.attempt();
    EventLog log = assembly.log();
    switch (workflow.standing(id, attempt)) {
      case RUNNING -> {}
      case NEVER_STARTED -> {
        log.write("started late", Json.object().put("compilation", id).put("attempt", attempt));
        workflow.start(id, attempt);
      }
      case ENDED -> {
        log.write("ended early", Json.object().put("compilation", id).put("attempt", attempt));
        giveUp(id, attempt);
      }
    }
  }

  private void giveUp(String id, int attempt) throws IOException {
    try {
      var _ =
          giveUp.run(
              Json.object()
                  .put("compilation", id)
                  .put("attempt", attempt)
                  .put("error", "the workflow ended without a result")
                  .put("cause", ""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    assembly.close();
  }
}
