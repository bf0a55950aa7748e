package io.edgewright.compiler.codegen;

/// What one loop nest of a program costs, as the schedule predicts it.
///
/// @param name the ONNX node that it came from
/// @param operator what it does
/// @param flops floating-point operations; a fused multiply-add counts two
/// @param weightBytes read from `weights.bin`
/// @param bytesRead of inputs that are not constant
/// @param bytesWritten of outputs
/// @param predictedMicros on one core of the target
public record LayerCost(
    String name,
    String operator,
    long flops,
    long weightBytes,
    long bytesRead,
    long bytesWritten,
    double predictedMicros) {
  /// The cost of doing it again and again.
  public LayerCost times(long rounds) {
    return new LayerCost(
        name,
        operator,
        times(flops, rounds),
        times(weightBytes, rounds),
        times(bytesRead, rounds),
        times(bytesWritten, rounds),
        predictedMicros * rounds);
  }

  /// Saturates rather than overflows.
  private static long times(long number, long rounds) {
    return (long) ((double) number * rounds);
  }
}
