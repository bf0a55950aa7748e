package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.signature.SignedRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An event of API Gateway, without its nulls.
final class Request {
  private final APIGatewayProxyRequestEvent event;
  private final Map<String, String> headers = new HashMap<>();

  Request(APIGatewayProxyRequestEvent event) {
    this.event = event;
    orEmpty(event.getHeaders())
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    // Here is every value of a header that came more than once (RFC 9110 section 5.3).
    if (event.getMultiValueHeaders() != null) {
      event
          .getMultiValueHeaders()
          .forEach((name, values) ->
              headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  String method() {
    return event.getHttpMethod();
  }

  /// API Gateway's name for this request, in logs on both sides.
  String id() {
    var context = event.getRequestContext();
    return context == null || context.getRequestId() == null ? "" : context.getRequestId();
  }

  /// Whom API Gateway found to be the caller by IAM, if it looked.
  Optional<String> caller() {
    return Optional.ofNullable(event.getRequestContext())
        .map(context -> context.getIdentity())
        .map(identity -> identity.getUserArn())
        .filter(arn -> !arn.isEmpty());
  }

  /// The path of the address that the caller used: in front of the route's own, API Gateway's
  /// addresses have the name of a stage.
  private String addressedPath() {
    return Optional.ofNullable(event.getRequestContext())
        .map(context -> context.getPath())
        .filter(path -> !path.isEmpty())
        .orElse(event.getPath());
  }

  /// A parameter of the route's template.
  String path(String name) {
    return Optional.ofNullable(orEmpty(event.getPathParameters()).get(name)).orElseThrow();
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(orEmpty(event.getQueryStringParameters()).get(name));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// The content type without its parameters, in lower case.
  String mediaType() {
    String type = header("content-type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// Whether whoever asks is a browser that wants a page.
  boolean wantsPage() {
    return isPage(header("accept").orElse(""));
  }

  static boolean isPage(String accepted) {
    return accepted.contains("text/html");
  }

  /// The fields of a form as browsers send them; the last one of each name.
  Map<String, String> form() {
    if (!mediaType().equals("application/x-www-form-urlencoded")) {
      throw Fields.wrongMediaType(this, "`application/x-www-form-urlencoded`");
    }
    Map<String, String> fields = new HashMap<>();
    for (String term : new String(body(), StandardCharsets.UTF_8).split("&", -1)) {
      int equals = term.indexOf('=');
      fields.put(
          decode(equals < 0 ? term : term.substring(0, equals)),
          equals < 0 ? "" : decode(term.substring(equals + 1)));
    }
    return fields;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new ServiceException(
          ServiceErrorCode.BODY_UNREADABLE,
          "the body",
          "`%` without two hex digits",
          "a form as browsers send it",
          "send it with the page's own form");
    }
  }

  byte[] body() {
    String body = event.getBody();
    if (body == null) {
      return new byte[0];
    }
    return Boolean.TRUE.equals(event.getIsBase64Encoded())
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /// What the request consists of, whatever else its headers say: the same for a form that is sent
  /// again with other boundaries.
  Digest content() {
    MessageDigest digest = Digest.sha256();
    List<byte[]> pieces = new ArrayList<>();
    pieces.add((method() + " " + event.getPath() + queryText()).getBytes(StandardCharsets.UTF_8));
    if (mediaType().equals("multipart/form-data")) {
      new TreeMap<>(Multipart.parts(this))
          .forEach((name, part) -> {
            pieces.add(name.getBytes(StandardCharsets.UTF_8));
            pieces.add(part);
          });
    } else {
      pieces.add(body());
    }
    // Digests of fixed size, so that no two lists of pieces give the same bytes.
    pieces.forEach(piece -> digest.update(Digest.of(piece).bytes()));
    return Digest.finish(digest);
  }

  SignedRequest signed() {
    byte[] body = body();
    return new SignedRequest(
        method(),
        header("host").orElse(""),
        addressedPath(),
        queryText(),
        headers,
        body.length == 0 ? Optional.empty() : Optional.of(Digest.of(body)));
  }

  /// The query as it was sent. An event has it decoded, but what devices send reads the same when
  /// it is encoded again: few parameters, letters and digits.
  private String queryText() {
    return orEmpty(event.getQueryStringParameters()).entrySet().stream()
        .map(term -> encode(term.getKey()) + "=" + encode(term.getValue()))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
