package io.edgewright.device.bundle;

import io.edgewright.device.json.JsonValue;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the bundle wants to be run: member {@code run} of {@code bundle.json}.
 *
 * @param everyMillis the least time from the start of one frame to the start of the next
 * @param results which results are kept and sent; empty: they stay on the device
 */
public record RunSettings(
    OptionalLong everyMillis, int threads, Limits limits, Optional<ResultPolicy> results) {
  static final RunSettings NONE =
      new RunSettings(OptionalLong.empty(), 1, Limits.NONE, Optional.empty());

  /**
   * What running may do to the device.
   *
   * @param maximumCelsius no frame is begun while the processor is hotter
   * @param maximumMegahertz the fastest clock that the processor is given
   * @param maximumWatts on average over frames and the pauses between them
   */
  public record Limits(
      OptionalDouble maximumCelsius, OptionalLong maximumMegahertz, OptionalDouble maximumWatts) {
    public static final Limits NONE =
        new Limits(OptionalDouble.empty(), OptionalLong.empty(), OptionalDouble.empty());
  }

  static RunSettings read(JsonValue run) {
    return new RunSettings(
        run.find("everyMillis")
            .map(every -> OptionalLong.of(every.integer(0, 86_400_000)))
            .orElse(OptionalLong.empty()),
        run.find("threads").map(threads -> (int) threads.integer(1, 256)).orElse(1),
        run.find("limits").map(RunSettings::readLimits).orElse(Limits.NONE),
        run.find("results").map(ResultPolicy::read));
  }

  private static Limits readLimits(JsonValue limits) {
    return new Limits(
        number(limits.find("maximumCelsius")),
        limits
            .find("maximumMegahertz")
            .map(clock -> OptionalLong.of(clock.integer(1, 100_000)))
            .orElse(OptionalLong.empty()),
        number(limits.find("maximumWatts")));
  }

  private static OptionalDouble number(Optional<JsonValue> field) {
    return field.map(value -> OptionalDouble.of(value.decimal())).orElse(OptionalDouble.empty());
  }
}
