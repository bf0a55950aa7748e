package io.edgewright.functions.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Runs the golden test of an unpacked bundle where this machine can.
public interface SelfTest {
  /// @param folder the unpacked bundle
  /// @param triple of the bundle's target, such as `aarch64-linux-gnu`
  Outcome run(Path folder, String triple, List<String> features)
      throws IOException, InterruptedException;

  sealed interface Outcome {
    record Passed(Artifact.Verification how) implements Outcome {}

    record Failed(String seen) implements Outcome {}

    /// This machine cannot run such a bundle.
    record Skipped(String why) implements Outcome {}
  }
}
