package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Value;
import java.util.List;

/// Every output of the network as it is.
record RawOutput(List<Value> outputs) implements Decoding {
  @Override
  public List<String> names() {
    return outputs.stream().map(Value::name).toList();
  }

  @Override
  public List<Value> addTo(GraphBuilder builder, Results results) {
    return results.values();
  }

  @Override
  public List<Port> ports(List<String> names) {
    return outputs.stream().map(EndToEnd::rawPort).toList();
  }
}
