package io.edgewright.functions.core.store;

/// Runs `compile.asl.json` for a compilation.
public interface Workflow {
  /// Starts it in the background. Starting the same attempt again does nothing.
  void start(String compilation, int attempt);

  /// Stops it soon, if it runs. Its compiler is ended too.
  void stop(String compilation, int attempt);
}
