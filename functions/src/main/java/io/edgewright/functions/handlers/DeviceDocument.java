package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.device.DeviceRegister.Entry;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore.Report;
import java.time.Instant;

/// A device as operators see it.
final class DeviceDocument {
  private DeviceDocument() {}

  static ObjectNode of(Entry entry) {
    Device device = entry.device();
    ObjectNode document =
        Json.object()
            .put("id", device.id())
            .put("keyId", device.key().id())
            .put("group", device.group())
            .put("target", device.target())
            .put("name", device.name());
    ArrayNode features = document.putArray("features");
    device.features().forEach(features::add);
    document.put("enrolledAt", device.enrolledAt().toString());
    document.put("revokedAt", device.revokedAt().map(Instant::toString).orElse(null));
    document.putNull("lastReport");
    entry.lastReport().ifPresent(report -> document.set("lastReport", report(report)));
    return document;
  }

  private static ObjectNode report(Report report) {
    ObjectNode document = Json.object().put("at", report.at().toString());
    document.set("report", Json.trusted(report.body()));
    return document;
  }
}
