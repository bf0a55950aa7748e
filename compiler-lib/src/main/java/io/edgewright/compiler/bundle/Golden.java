package io.edgewright.compiler.bundle;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Collections;
import java.util.List;

/// One frame and the results that a correct program gives for it.
///
/// @param input the frame as the runner reads it: every input in order, a picture after its header
/// @param output the results as the runner writes them in `binary` format: every output in order,
///   after its shape (64 bits an extent) where only the call knows it
/// @param absoluteTolerance for each output in order
/// @param relativeTolerance for all outputs: |got - expected| may be as much as the absolute
///   tolerance plus this times |expected|
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Golden(
    byte[] input, byte[] output, List<Double> absoluteTolerance, double relativeTolerance) {
  public Golden {
    absoluteTolerance = List.copyOf(absoluteTolerance);
    if (!Double.isFinite(relativeTolerance)
        || !absoluteTolerance.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a tolerance is a number");
    }
  }

  /// A frame alone, for a program whose answer is looked at elsewhere.
  public static Golden frame(NativeProgram program, List<Tensor> inputs) {
    return new Golden(
        FrameBytes.of(program.inputs(), inputs),
        new byte[0],
        Collections.nCopies(program.outputs().size(), 0.0),
        0);
  }

  /// A frame and its results as tensors, in the order of the program's inputs and outputs.
  ///
  /// @param inputs a picture is uint8 [height, width, channels]
  /// @param outputs detections are float32 [found, 6], classes float32 [count, 2]
  public static Golden of(
      NativeProgram program,
      List<Tensor> inputs,
      List<Tensor> outputs,
      List<Double> absoluteTolerance,
      double relativeTolerance) {
    return new Golden(
        FrameBytes.of(program.inputs(), inputs),
        FrameBytes.of(program.outputs(), outputs),
        absoluteTolerance,
        relativeTolerance);
  }
}
