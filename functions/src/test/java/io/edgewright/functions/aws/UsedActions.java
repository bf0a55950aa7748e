package io.edgewright.functions.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request does, in the words of IAM: `s3:GetObject models/`, `dynamodb:PutItem nonces`.
final class UsedActions {
  private static final Pattern KEY = Pattern.compile("/bucket-[0-9a-f-]+/([^?]*)(\\?.*)?");
  private static final Pattern TABLE = Pattern.compile("t[0-9a-f]{8}-([a-z]+)");

  private UsedActions() {}

  static Set<String> of(String operation, String method, String path, byte[] body)
      throws IOException {
    if (operation.isEmpty()) {
      return ofS3(method, path);
    }
    String name = operation.substring(operation.indexOf('.') + 1);
    if (!operation.startsWith("DynamoDB")) {
      return Set.of(operation.startsWith("Trent") ? "kms:" + name : "states:" + name);
    }
    Set<String> used = new TreeSet<>();
    if (name.equals("TransactWriteItems")) {
      for (JsonNode item : Json.parse(body).path("TransactItems")) {
        item.properties().forEach(write -> used.add(write(write.getKey(), write.getValue())));
      }
    } else {
      used.add("dynamodb:" + name + " " + table(new String(body, StandardCharsets.UTF_8)));
    }
    return used;
  }

  private static String write(String kind, JsonNode write) {
    String action = kind.equals("ConditionCheck") ? "ConditionCheckItem" : kind + "Item";
    return "dynamodb:" + action + " " + table(write.path("TableName").asText());
  }

  private static String table(String text) {
    Matcher table = TABLE.matcher(text);
    return table.find() ? table.group(1) : "";
  }

  private static Set<String> ofS3(String method, String path) {
    Matcher place = KEY.matcher(path);
    if (!place.matches()) {
      return Set.of();
    }
    String key = place.group(1);
    String prefix =
        List.of("models/jobs/", "staging/parts/").stream()
            .filter(key::startsWith)
            .findFirst()
            .orElse(key.substring(0, key.indexOf('/') + 1));
    boolean isOfParts = path.contains("uploadId=");
    String action =
        switch (method) {
          case "GET", "HEAD" -> isOfParts ? "ListMultipartUploadParts" : "GetObject";
          case "DELETE" -> isOfParts ? "AbortMultipartUpload" : "DeleteObject";
          // A POST begins or joins what arrives in parts.
          case "PUT", "POST" -> "PutObject";
          default -> method;
        };
    return Set.of("s3:" + action + " " + prefix);
  }
}
