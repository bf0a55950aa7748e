package io.edgewright.compiler.report;

import com.fasterxml.jackson.databind.JsonNode;

/// What the target's file says of the device, as far as predictions depend on it.
final class DeviceFigures {
  private DeviceFigures() {}

  static void write(Markup page, JsonNode device) {
    page.tags("<dl class=\"figures\">");
    figure(page, "target", device.path("id").asText() + ", " + device.path("tier").asText());
    figure(page, "processor", device.path("cpu").asText() + ", " + device.path("triple").asText());
    figure(
        page,
        "vectors",
        "%d bits, %s a cycle%s"
            .formatted(
                device.path("vectorBits").asInt(),
                device.path("vectorOperationsPerCycle").asText().replaceFirst("\\.0$", ""),
                device.path("fusedMultiplyAdd").asBoolean() ? ", fused multiply-add" : ""));
    figure(
        page,
        "cores",
        device.path("cores").asInt()
            + " at "
            + Quantity.of(device.path("clockMegahertz").asDouble() * 1e6, "Hz"));
    figure(
        page,
        "caches",
        "%s and %s"
            .formatted(
                Quantity.binary(device.path("l1DataBytes").asLong()),
                Quantity.binary(device.path("l2Bytes").asLong())));
    figure(
        page,
        "memory",
        "%s, %s/s for one core"
            .formatted(
                Quantity.binary(device.path("memoryBytes").asLong()),
                Quantity.bytes(device.path("memoryBytesPerSecond").asLong())));
    figure(page, "power", Quantity.of(device.path("watts").asDouble(), "W"));
    figure(
        page,
        "price",
        "$%d to $%d"
            .formatted(
                device.at("/priceBand/fromDollars").asInt(),
                device.at("/priceBand/toDollars").asInt()));
    page.tags("</dl>");
  }

  private static void figure(Markup page, String name, String text) {
    page.tags("<div>").element("dt", name).element("dd", text).tags("</div>");
  }
}
