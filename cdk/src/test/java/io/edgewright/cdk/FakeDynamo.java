package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.cdk.FakeAws.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Tables of DynamoDB without what is in them.
final class FakeDynamo {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Whether each is protected from deletion.
  private final Map<String, Boolean> tables = new TreeMap<>();

  Reply answer(String action, String body) throws IOException {
    JsonNode request = JSON.readTree(body);
    String name = request.path("TableName").asText();
    boolean isProtected = request.path("DeletionProtectionEnabled").asBoolean();
    if (action.equals("ListTables")) {
      return Reply.ok("{\"TableNames\":" + JSON.valueToTree(tables.keySet()) + "}");
    }
    if (action.equals("CreateTable")) {
      tables.put(name, isProtected);
    }
    if (!tables.containsKey(name)) {
      return error("ResourceNotFoundException", "no " + name);
    }
    return switch (action) {
      case "CreateTable" -> described("TableDescription", name);
      case "DescribeTable" -> described("Table", name);
      case "UpdateTable" -> {
        boolean before = tables.put(name, isProtected);
        yield before == isProtected
            ? error("ValidationException", "nothing would change")
            : described("TableDescription", name);
      }
      case "DeleteTable" -> {
        if (tables.get(name)) {
          yield error("ValidationException", name + " is protected from deletion");
        }
        Reply reply = described("TableDescription", name);
        tables.remove(name);
        yield reply;
      }
      default -> error("ValidationException", action);
    };
  }

  private Reply described(String as, String name) {
    return Reply.ok(
        """
        {"%s":{"TableName":"%s","TableStatus":"ACTIVE","DeletionProtectionEnabled":%s}}\
        """
            .formatted(as, name, tables.get(name)));
  }

  private static Reply error(String type, String message) {
    return new Reply(
        400,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"%s\"}"
            .formatted(type, message));
  }
}
