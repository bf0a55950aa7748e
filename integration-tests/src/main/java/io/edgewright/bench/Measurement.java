package io.edgewright.bench;

import java.util.Optional;

/// What was measured of one model.
///
/// @param flops arithmetic operations of one inference as the graph has them
record Measurement(
    BenchModel model,
    Duel oneThread,
    Duel twoThreads,
    Artifact artifact,
    long flops,
    Optional<Starts> starts) {

  /// Bytes of what a device gets, and how long it took to make, in milliseconds.
  record Artifact(long bundle, long library, long weights, long arena, double compileMillis) {}

  /// A process of each side; the other side's does nothing but run ONNX Runtime from C.
  record Starts(FirstResult theirs, FirstResult ours) {
    double startRatio() {
      return theirs.millis() / ours.millis();
    }

    double memoryRatio() {
      return (double) theirs.residentBytes() / ours.residentBytes();
    }
  }

  /// Operations a second, of the fastest inference on one thread.
  double flopsPerSecond() {
    return flops / (oneThread.ours().fastest() / 1e3);
  }
}
