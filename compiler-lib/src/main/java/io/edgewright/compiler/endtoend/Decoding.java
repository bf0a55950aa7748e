package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Value;
import java.util.List;
import java.util.Map;

/// What stands behind the network: checked against it, ready to be added.
interface Decoding {
  /// Names for the graph outputs.
  List<String> names();

  /// @return what becomes the graph outputs, one for each name
  List<Value> addTo(GraphBuilder builder, Results results);

  /// What the outputs mean.
  ///
  /// @param names those that the outputs really got
  List<Port> ports(List<String> names);

  /// What the network gives, in the builder's graph.
  ///
  /// @param outputs of the network itself
  /// @param values what stands for them
  /// @param frames the pictures as they came in
  record Results(List<Value> outputs, List<Value> values, Map<PictureInput, Value> frames) {
    Value of(Value output) {
      return values.get(outputs.indexOf(output));
    }

    Value frame(PictureInput picture) {
      Value frame = frames.get(picture);
      if (frame == null) {
        throw new IllegalArgumentException("no frame for " + picture);
      }
      return frame;
    }
  }
}
