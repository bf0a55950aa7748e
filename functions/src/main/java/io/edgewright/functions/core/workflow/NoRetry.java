package io.edgewright.functions.core.workflow;

/// Another try would end the same: the caller's fault, which is recorded, or a compilation that was
/// deleted or started anew in the meantime. `compile.asl.json` names this class.
public final class NoRetry extends RuntimeException {
  public NoRetry(String message) {
    super(message);
  }
}
