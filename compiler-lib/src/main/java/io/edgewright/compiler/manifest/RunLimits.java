package io.edgewright.compiler.manifest;

import java.util.Optional;

/// What running may do to the device.
///
/// @param maximumCelsius no frame is begun while the processor is hotter
/// @param maximumMegahertz the fastest clock that the processor is given
/// @param maximumWatts on average over frames and the pauses between them
public record RunLimits(
    Optional<Double> maximumCelsius,
    Optional<Integer> maximumMegahertz,
    Optional<Double> maximumWatts) {
  public static final RunLimits NONE =
      new RunLimits(Optional.empty(), Optional.empty(), Optional.empty());
}
