package io.edgewright.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Many measurements of the same thing, in five numbers and how many there were.
record Spread(
    double fastest, double lowerQuartile, double median, double upperQuartile, int count) {

  static Spread of(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no measurement");
    }
    return new Spread(
        sorted[0],
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        sorted.length);
  }

  /// Between two measurements in proportion.
  private static double quantile(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /// `(x0 * x1 * ...)^(1/n)`; not a number where there is none.
  static double geometricMean(Collection<Double> ratios) {
    double[] logarithms = ratios.stream().mapToDouble(Math::log).toArray();
    return Math.exp(Arrays.stream(logarithms).average().orElse(Double.NaN));
  }
}
