package io.edgewright.functions.embedded;

import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.SelfTest;
import io.edgewright.functions.embedded.worker.ChildProcess.Limits;
import io.edgewright.functions.embedded.worker.CompilerCommand;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/// What the service works with beside its folder; tests bring a small compiler of their own.
///
/// @param limits of one compiler process
/// @param environment of the compiler process, beside what every child has
/// @param log where the lines of the log go
public record Tools(
    Inspector inspector,
    CompilerCommand compiler,
    Limits limits,
    Map<String, String> environment,
    int compilersAtOnce,
    SelfTest selfTest,
    PrintStream log,
    Clock clock) {
  public Tools {
    environment = Map.copyOf(environment);
  }
}
