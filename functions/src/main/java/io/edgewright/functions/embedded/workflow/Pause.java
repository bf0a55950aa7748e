package io.edgewright.functions.embedded.workflow;

import java.time.Duration;

/// The wait before a retry: `Thread::sleep`, or nothing in tests.
public interface Pause {
  void of(Duration time) throws InterruptedException;
}
