package io.edgewright.compiler.target;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// A target for those who read of it: in reports and at `GET /v1/targets`. `openapi.yaml` has the
/// schema.
public final class TargetFigures {
  private TargetFigures() {}

  /// What the target's file says, without what only the compiler needs.
  public static ObjectNode of(Target target) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", target.id())
        .put("title", target.title())
        .put("tier", target.tier().name().toLowerCase(Locale.ROOT))
        .put("triple", target.triple())
        .put("cpu", target.cpu());
    ArrayNode features = json.putArray("features");
    target.features().forEach(features::add);
    json.put("vectorBits", target.vectorBits())
        .put("fusedMultiplyAdd", target.fusedMultiplyAdd())
        .put("l1DataBytes", target.l1DataBytes())
        .put("l2Bytes", target.l2Bytes())
        .put("cores", target.cores())
        .put("memoryBytes", target.memoryBytes())
        .put("clockMegahertz", target.clockMegahertz())
        .put("vectorOperationsPerCycle", target.throughput().vectorOperationsPerCycle())
        .put("memoryBytesPerSecond", target.throughput().memoryBytesPerSecond())
        .put("watts", target.watts());
    json.putObject("priceBand")
        .put("fromDollars", target.priceBand().fromDollars())
        .put("toDollars", target.priceBand().toDollars());
    return json;
  }
}
