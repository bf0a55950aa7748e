package io.edgewright.device.transport;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.util.Optional;

/** What the service says of a request that it refused (RFC 9457), as far as it can be read. */
public record ServiceProblem(String code, Optional<JsonValue> first) {

  public static ServiceProblem read(byte[] body) {
    try {
      JsonValue problem = JsonText.parse(body, "answer");
      return new ServiceProblem(
          problem.find("code").map(JsonValue::text).orElse(""),
          problem.find("problems").flatMap(list -> list.items().stream().findFirst()));
    } catch (JsonException exception) {
      return new ServiceProblem("", Optional.empty()); // a proxy's page, say
    }
  }

  /** The service's complaint as one of ours; its words where it has any, ours otherwise. */
  public DeviceException as(
      DeviceErrorCode ours, ServiceClient.Reply reply, String allowed, String hint) {
    return new DeviceException(
        ours,
        reply.where(),
        seen(reply.status()),
        field("allowed").orElse(allowed),
        field("hint").orElse(hint));
  }

  String seen(int status) {
    String words = field("where").map(where -> where + ": ").orElse("") + field("seen").orElse("");
    String name = code.isEmpty() ? "status " + status : code;
    return words.isEmpty() ? "refused with " + name : "refused with " + name + ", " + words;
  }

  private Optional<String> field(String name) {
    try {
      return first.flatMap(problem -> problem.find(name)).map(JsonValue::text);
    } catch (JsonException exception) {
      return Optional.empty();
    }
  }
}
