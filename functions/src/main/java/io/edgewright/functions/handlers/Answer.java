package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.pages.Frame;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/// An answer with a text body, or with none.
///
/// @param compilation the id that this request was about, for the log; may be empty
record Answer(int status, Map<String, String> headers, String body, String compilation) {
  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer json(int status, JsonNode body) {
    return text(status, "application/json", Json.text(body));
  }

  static Answer text(int status, String mediaType, String body) {
    return new Answer(status, Map.of("content-type", mediaType), body, "");
  }

  static Answer page(int status, String html) {
    return text(status, "text/html; charset=utf-8", html)
        .with("content-security-policy", Frame.POLICY)
        .with("x-content-type-options", "nosniff")
        // Without this browsers may hide from the service that a form is its own.
        .with("referrer-policy", "same-origin");
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), "", "");
  }

  static Answer redirect(URI address) {
    return empty(307).with("location", address.toString());
  }

  /// On to a page, with GET.
  static Answer seeOther(String path) {
    return empty(303).with("location", path);
  }

  Answer with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, compilation);
  }

  Answer about(String id) {
    return new Answer(status, headers, body, id);
  }

  APIGatewayProxyResponseEvent event() {
    var all = new TreeMap<>(headers);
    // Answers are one caller's own, and addresses in them expire.
    all.putIfAbsent("cache-control", "no-store");
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(all)
        .withBody(body)
        .withIsBase64Encoded(false);
  }
}
