package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// What lies around a graph: where its inputs come from and where its outputs must be in the end.
///
/// @param inputs one view for each input
/// @param outputs one place for each output; no place overlaps another
record Boundary(List<View> inputs, List<View> outputs) {
  Boundary {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// The boundary of a program: tensors of its caller.
  static Boundary ofProgram(Graph graph, BufferSource buffers) {
    List<View> inputs = new ArrayList<>();
    for (Value input : graph.inputs()) {
      inputs.add(callersView(input, Buffer.Space.INPUT, inputs.size(), buffers));
    }
    List<View> outputs = new ArrayList<>();
    for (Value output : graph.outputs()) {
      outputs.add(callersView(output, Buffer.Space.OUTPUT, outputs.size(), buffers));
    }
    return new Boundary(inputs, outputs);
  }

  private static View callersView(Value value, Buffer.Space space, int slot, BufferSource buffers) {
    if (value.shape().hasCapacity()) {
      Buffer buffer = buffers.make(space, slot, value.type().capacityBytes());
      return View.rowMajor(buffer, value.type().element(), value.shape());
    }
    // Only library kernels read such a value; they ask for its extents when they run.
    Buffer buffer = buffers.make(space, slot, 0);
    return View.rowMajor(buffer, value.type().element(), Shape.SCALAR);
  }
}
