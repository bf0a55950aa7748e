package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import java.util.stream.Stream;

/// Entity tags (RFC 9110, 8.8.3): whoever shows the one of the last answer gets a 304 as long as
/// the answer would be the same.
final class EntityTag {
  private EntityTag() {}

  static String of(JsonNode representation) {
    return "\"" + Digest.of(Json.bytes(representation)).hex() + "\"";
  }

  /// Whether `If-None-Match` names the tag, weak or strong, or `*`.
  static boolean isKnown(Request request, String tag) {
    return request.header("if-none-match").stream()
        .flatMap(header -> Stream.of(header.split(",", -1)))
        .map(String::strip)
        .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
  }

  /// The document with its tag, or 304.
  static Answer answer(Request request, JsonNode document) {
    String tag = of(document);
    Answer answer = isKnown(request, tag) ? Answer.empty(304) : Answer.json(200, document);
    return answer.with("etag", tag);
  }
}
