package io.edgewright.tally;

/// One test that ran or was skipped. `reason` says why it failed or was skipped, in one line.
record TestCase(String name, Outcome outcome, String reason, double seconds) {

  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }
}
