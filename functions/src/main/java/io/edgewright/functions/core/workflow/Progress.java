package io.edgewright.functions.core.workflow;

/// Hears how far the work on one target is. Where the workers have no database, nobody but the log
/// hears it.
public interface Progress {
  /// @param stage the compiler's or the workflow's word for what is being done
  /// @throws NoRetry when nobody wants the result any more
  void reached(Task task, String stage);

  /// What is worked on.
  record Task(String compilation, int attempt, String target) {}
}
