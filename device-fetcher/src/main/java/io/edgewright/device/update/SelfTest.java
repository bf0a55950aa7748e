package io.edgewright.device.update;

import io.edgewright.device.store.BundleShelf.Installed;
import java.nio.file.Path;

/** Runs a bundle's golden input on this very machine before anything depends on it. */
public interface SelfTest {
  /** What the bundle measured of itself. */
  record Result(double maximumError, double latencyMicros) {}

  /** Returns only when the bundle computed what it should, in time. */
  Result run(Path folder, Installed bundle);
}
