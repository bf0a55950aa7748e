package io.edgewright.functions.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;

/// What the function that may sign is asked for:
///
/// ```
/// {"sign": "group", "group": "lobby"}    what the record of the group's deployment says
/// {"sign": "renewal"}                    the roles above those of groups
/// ```
public sealed interface SigningRequest {
  /// Nothing else that the function is called with has it.
  String FIELD = "sign";

  record Group(String name) implements SigningRequest {}

  record Renewal() implements SigningRequest {}

  default ObjectNode json() {
    return switch (this) {
      case Group(String name) -> Json.object().put(FIELD, "group").put("group", name);
      case Renewal _ -> Json.object().put(FIELD, "renewal");
    };
  }

  /// Takes exactly what [#json] makes.
  static SigningRequest of(JsonNode input) {
    SigningRequest request =
        input.path(FIELD).asText().equals("group")
            ? new Group(input.path("group").asText())
            : new Renewal();
    if (!request.json().equals(input)) {
      throw new ServiceException(
          ServiceErrorCode.FIELD_INVALID,
          "/" + FIELD,
          input.toString(),
          "`"
              + new Group("NAME").json()
              + "` or `"
              + new Renewal().json()
              + "`, and no other field",
          "ask for one of these: what is signed comes from the records");
    }
    return request;
  }
}
