package io.edgewright.device.store;

import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * To whom this device belongs.
 *
 * @param deviceId the thumbprint of its key
 * @param pollSeconds how often the service wants to be asked
 */
public record Enrolment(
    String service, String deviceId, String group, String target, String name, long pollSeconds) {

  /** The path of this device's bundle in the signed metadata. */
  public String bundlePath() {
    return "groups/" + group + "/" + target + "/bundle.zip";
  }

  /** The path of the bundle that takes its place while this device is a canary. */
  public String candidatePath() {
    return "groups/" + group + "/" + target + "/candidate.zip";
  }

  /** The metadata role that speaks of both. */
  public String role() {
    return "group/" + group;
  }

  static Enrolment read(byte[] json) {
    JsonValue root = JsonText.parse(json, "enrolment.json");
    return new Enrolment(
        root.require("service").text(),
        root.require("deviceId").text(),
        root.require("group").text(),
        root.require("target").text(),
        root.require("name").text(),
        root.require("pollSeconds").integer(1, 1 << 30));
  }

  byte[] json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("service", service);
    fields.put("deviceId", deviceId);
    fields.put("group", group);
    fields.put("target", target);
    fields.put("name", name);
    fields.put("pollSeconds", pollSeconds);
    return JsonText.bytes(fields);
  }
}
