package io.edgewright.compiler.codegen;

import java.util.List;

/// A network as C, with all that is needed to make a bundle of it.
///
/// @param name of the product
/// @param cSource freestanding C that includes `model.h` and defines `ew_run` and `ew_describe`
/// @param compilerFlags for clang, beside those of the target
/// @param weights the whole of `weights.bin`, its header included
/// @param inputs in the order of `ew_run`'s inputs
/// @param outputs in the order of `ew_run`'s outputs
/// @param arenaBytes memory for everything between input and output
/// @param layers in the order in which they run
@SuppressWarnings("ArrayRecordComponent") // up to 500 MB, handed on once, never compared
public record NativeProgram(
    String name,
    String cSource,
    List<String> compilerFlags,
    byte[] weights,
    List<Port> inputs,
    List<Port> outputs,
    long arenaBytes,
    List<LayerCost> layers) {
  public NativeProgram {
    compilerFlags = List.copyOf(compilerFlags);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    layers = List.copyOf(layers);
  }

  /// Floating-point operations of one inference.
  public long flops() {
    return layers.stream().mapToLong(LayerCost::flops).sum();
  }

  /// What the schedule expects of one core.
  public double predictedMicros() {
    return layers.stream().mapToDouble(LayerCost::predictedMicros).sum();
  }
}
