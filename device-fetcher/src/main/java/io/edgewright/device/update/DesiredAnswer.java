package io.edgewright.device.update;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonSlices;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.transport.SafeAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the service says should run here. Nothing of it is believed yet.
 *
 * @param roots metadata files of newer roots, in order
 * @param files the other metadata files by role, byte for byte
 * @param bundle the path and address of the bundle, where one is deployed
 */
record DesiredAnswer(List<byte[]> roots, Map<String, byte[]> files, Optional<Link> bundle) {

  /** Where the service says that a bundle can be fetched. */
  record Link(String path, URI address) {}

  static DesiredAnswer read(byte[] body) {
    try {
      JsonValue whole = JsonText.parse(body, "answer");
      Optional<Link> bundle = whole.find("bundle").map(DesiredAnswer::readLink);
      byte[] metadata = part(JsonSlices.fields(body, "answer"), "metadata");
      Map<String, byte[]> files = new HashMap<>(JsonSlices.fields(metadata, "answer.metadata"));
      List<byte[]> roots = JsonSlices.items(part(files, "root"), "answer.metadata.root");
      files.remove("root");
      return new DesiredAnswer(roots, files, bundle);
    } catch (JsonException exception) {
      throw exception.as(
          DeviceErrorCode.ANSWER_MALFORMED,
          "check that this is the address of an Edgewright service, of a version that fits");
    }
  }

  byte[] file(String role) {
    try {
      return part(files, role);
    } catch (JsonException exception) {
      throw missing(role);
    }
  }

  private static DeviceException missing(String role) {
    return new DeviceException(
        DeviceErrorCode.METADATA_MISMATCH,
        "metadata `" + role + "`",
        "not sent",
        "every file that the snapshot lists for this device",
        "nothing was changed on this device; if this lasts, tell whoever runs the service");
  }

  private static byte[] part(Map<String, byte[]> parts, String name) {
    byte[] part = parts.get(name);
    if (part == null) {
      throw new JsonException("answer.metadata." + name, "missing", "a metadata file");
    }
    return part;
  }

  private static Link readLink(JsonValue link) {
    JsonValue url = link.require("url");
    return new Link(link.require("path").text(), SafeAddress.of(url.text(), url.where()));
  }
}
