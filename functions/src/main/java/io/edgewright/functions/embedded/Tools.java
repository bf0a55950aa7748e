package io.edgewright.functions.embedded;

import io.edgewright.functions.core.inspection.CompilerInspector;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.SelfTest;
import io.edgewright.functions.embedded.workflow.Pause;
import io.edgewright.functions.worker.ChildProcess.Limits;
import io.edgewright.functions.worker.CompilerCommand;
import io.edgewright.functions.worker.LocalSelfTest;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// What the service works with beside its folder; tests bring a small compiler of their own.
///
/// @param limits of one compiler process
/// @param environment of the compiler process, beside what every child has
/// @param pause how retries wait
/// @param log where the lines of the log go
public record Tools(
    Inspector inspector,
    CompilerCommand compiler,
    Limits limits,
    Map<String, String> environment,
    int compilersAtOnce,
    SelfTest selfTest,
    Pause pause,
    PrintStream log,
    Clock clock) {
  /// Enough for a model of the largest size that is taken, and its graph.
  private static final long HEAP_BYTES = 2L << 30;

  /// What Lambda allows.
  private static final Duration COMPILE_TIME = Duration.ofMinutes(15);

  public Tools {
    environment = Map.copyOf(environment);
  }

  /// The real ones: the compiler of this very program, native code run where it can be.
  static Tools standard() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Tools(
        CompilerInspector.standard(),
        CompilerCommand.standard(HEAP_BYTES),
        new Limits(COMPILE_TIME, HEAP_BYTES + (2L << 30), 2L << 30),
        Map.of("EDGEWRIGHT_CACHE", cache()),
        Math.max(1, processors / 2),
        new LocalSelfTest(),
        Thread::sleep,
        System.err,
        Clock.systemUTC());
  }

  /// Where the compiler keeps its unpacked toolchain. A child's HOME is its own work folder, so it
  /// has to be told.
  private static String cache() {
    String chosen = System.getenv("EDGEWRIGHT_CACHE");
    return chosen != null && !chosen.isEmpty()
        ? Path.of(chosen).toAbsolutePath().toString()
        : Path.of(System.getProperty("user.home", "."), ".cache", "edgewright").toString();
  }
}
