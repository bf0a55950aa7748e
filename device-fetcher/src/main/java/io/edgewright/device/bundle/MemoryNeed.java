package io.edgewright.device.bundle;

import io.edgewright.device.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The memory that a bundle's program sets aside when it starts, besides its files.
 *
 * @param arenaBytes for everything between input and output; 0 where not stated
 * @param portBytes for inputs and outputs at their largest, rather too much than too little
 */
public record MemoryNeed(long arenaBytes, long portBytes) {
  private static final long MOST_BYTES = 1L << 40;
  private static final double PICTURE_BYTES = 4096.0 * 4096 * 4;
  private static final double MOST_ELEMENT_BYTES = 8;
  private static final double UNKNOWN_EXTENT = 4096;

  static MemoryNeed read(JsonValue root) {
    double ports =
        Stream.of(Optional.of(root.require("inputs")), root.find("outputs"))
            .flatMap(Optional::stream)
            .flatMap(list -> list.items().stream())
            .mapToDouble(MemoryNeed::bytes)
            .sum();
    return new MemoryNeed(
        root.find("arenaBytes").map(bytes -> bytes.integer(0, MOST_BYTES)).orElse(0L),
        (long) Math.min(MOST_BYTES, ports));
  }

  private static double bytes(JsonValue port) {
    if (port.require("kind").text().equals("image")) {
      return PICTURE_BYTES;
    }
    List<JsonValue> shape = port.find("maximumShape").orElse(port.require("shape")).items();
    return shape.stream()
        .mapToDouble(
            extent -> extent.isNull() ? UNKNOWN_EXTENT : extent.integer(0, Integer.MAX_VALUE))
        .reduce(MOST_ELEMENT_BYTES, (all, extent) -> all * extent);
  }
}
