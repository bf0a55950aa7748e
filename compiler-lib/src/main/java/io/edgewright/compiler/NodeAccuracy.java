package io.edgewright.compiler;

import io.edgewright.compiler.tensor.TensorType;

/// How far the value of one node is from the reference.
///
/// @param node the ONNX node that it came from
/// @param operator what the optimised graph makes of it
/// @param value the tensor's name
/// @param maximumError largest |result - reference|; infinite where one is a number and the other
///   not
/// @param range largest minus smallest value of the reference
/// @param rounding the largest error that is left when every value is rounded to its type: no
///   program can do much better
record NodeAccuracy(
    String node,
    String operator,
    String value,
    TensorType type,
    double maximumError,
    double meanError,
    double range,
    double rounding) {
  /// Share of a value's range that a faithful program keeps within.
  static final double BOUND = 1e-4;

  /// One step of a number of 8 bits or more may differ where two results round to either side.
  private static final double WHOLE_STEP = 1;

  static NodeAccuracy of(
      NodeAccuracy.Place place, double[] got, double[] reference, double[] rounded) {
    double largest = 0;
    double sum = 0;
    double rounding = 0;
    for (int i = 0; i < reference.length; i++) {
      double error = distance(got[i], reference[i]);
      largest = Math.max(largest, error);
      sum += error;
      rounding = Math.max(rounding, distance(rounded[i], reference[i]));
    }
    return new NodeAccuracy(
        place.node(),
        place.operator(),
        place.value(),
        place.type(),
        largest,
        reference.length == 0 ? 0 : sum / reference.length,
        GoldenVectors.range(reference),
        rounding);
  }

  /// Where a value is made.
  record Place(String node, String operator, String value, TensorType type) {}

  private static double distance(double a, double b) {
    boolean same = a == b || (Double.isNaN(a) && Double.isNaN(b));
    double distance = same ? 0 : Math.abs(a - b);
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  /// The error as a share of the range; of the error itself where all values are alike.
  double share() {
    return maximumError == 0 ? 0 : maximumError / (range > 0 ? range : 1);
  }

  /// Whether it is further off than rounding explains.
  boolean departs() {
    double allowed = Math.max(BOUND * (range > 0 ? range : 1), 8 * rounding);
    return maximumError > (type.element().isFloat() ? allowed : Math.max(allowed, WHOLE_STEP));
  }
}
