package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.cdk.FakeAws.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Keys of KMS that sign nothing.
final class FakeKms {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// `KeyMetadata`, by id.
  private final Map<String, ObjectNode> keys = new TreeMap<>();

  private final Map<String, String> aliases = new TreeMap<>();
  private final Map<String, Integer> days = new TreeMap<>();

  /// Of the keys that are made next.
  private Instant created = Instant.parse("2026-01-01T00:00:00Z");

  private final Set<String> kept = new TreeSet<>();

  void at(Instant time) {
    created = time;
  }

  /// That key cannot be deleted.
  void keep(String key) {
    kept.add(key);
  }

  /// How long each key that is to go was to wait.
  Map<String, Integer> days() {
    return days;
  }

  Reply answer(String action, String body) throws IOException {
    JsonNode request = JSON.readTree(body);
    String alias = request.path("AliasName").asText();
    return switch (action) {
      case "CreateKey" -> create(request);
      case "CreateAlias" -> {
        aliases.put(alias, request.path("TargetKeyId").asText());
        yield Reply.ok("");
      }
      case "ListAliases" -> list();
      case "DeleteAlias" ->
          aliases.remove(alias) == null ? error("NotFoundException") : Reply.ok("");
      default -> ofKey(action, request);
    };
  }

  private Reply create(JsonNode request) {
    String id = "key-" + (keys.size() + 1);
    keys.put(
        id,
        JSON.createObjectNode()
            .put("KeyId", id)
            .put("Arn", "arn:aws:kms:" + AwsAccount.REGION + ":123456789012:key/" + id)
            .put("CreationDate", created.getEpochSecond())
            .put("KeyUsage", request.path("KeyUsage").asText())
            .put("KeySpec", request.path("KeySpec").asText())
            .put("KeyState", "Enabled"));
    return Reply.ok(JSON.createObjectNode().set("KeyMetadata", keys.get(id)).toString());
  }

  private Reply list() {
    ArrayNode all = JSON.createArrayNode();
    aliases.forEach((name, id) -> all.addObject().put("AliasName", name).put("TargetKeyId", id));
    return Reply.ok(JSON.createObjectNode().set("Aliases", all).toString());
  }

  private Reply ofKey(String action, JsonNode request) {
    String name = request.path("KeyId").asText();
    String id = aliases.getOrDefault(name, name);
    ObjectNode key = keys.get(id);
    if (key == null) {
      return error("NotFoundException");
    }
    if (action.equals("DescribeKey")) {
      return Reply.ok(JSON.createObjectNode().set("KeyMetadata", key).toString());
    }
    if (!action.equals("ScheduleKeyDeletion")) {
      return error("ValidationException");
    }
    if (kept.contains(id)) {
      return error("AccessDeniedException");
    }
    if (key.path("KeyState").asText().equals("PendingDeletion")) {
      return error("KMSInvalidStateException");
    }
    key.put("KeyState", "PendingDeletion");
    days.put(id, request.path("PendingWindowInDays").asInt());
    return Reply.ok("{\"KeyId\":\"" + id + "\"}");
  }

  private static Reply error(String type) {
    return new Reply(400, "{\"__type\":\"" + type + "\",\"message\":\"" + type + "\"}");
  }
}
