package io.edgewright.device.frugal;

import io.edgewright.device.sensors.ClockKnobs;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Holds the processor's clock below a limit while a bundle runs that asks for it. */
final class ClockCap implements AutoCloseable {
  private final ClockKnobs knobs;
  private final Consumer<String> say;
  private OptionalLong held = OptionalLong.empty();

  ClockCap(ClockKnobs knobs, Consumer<String> say) {
    this.knobs = knobs;
    this.say = say;
  }

  /** Sets the limit, or takes it back where there is none any more. */
  void hold(OptionalLong megahertz) {
    if (megahertz.equals(held)) {
      return;
    }
    held = megahertz;
    knobs.restore();
    if (megahertz.isPresent()) {
      say.accept(
          knobs
              .limit(megahertz.getAsLong())
              .map(problem ->
                  "the limit of " + megahertz.getAsLong() + " MHz is not held: " + problem)
              .orElse("the clock is held at " + megahertz.getAsLong() + " MHz"));
    }
  }

  @Override
  public void close() {
    knobs.restore();
  }
}
