package io.edgewright.device.run;

import io.edgewright.device.bundle.RunSettings;

/** Spares the device around each frame. */
public interface Sparing {
  /** For devices that need not be spared. */
  Sparing NONE = run -> {};

  /** Returns when a frame may be begun. */
  void admit(RunSettings run);

  /** A frame goes to the model. */
  default void begin() {}

  /** The model has answered it. */
  default void end() {}
}
