package io.edgewright.device.run;

import io.edgewright.device.store.BundleShelf.Installed;

/** Whoever takes results. */
public interface ResultTaker {
  /**
   * Takes the result of one frame.
   *
   * @param line of the model, with the name of the frame's source in front
   * @param by the bundle that it is from
   */
  void take(String line, Installed by);
}
