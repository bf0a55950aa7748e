package io.edgewright.functions.handlers;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What lets an operator's browser in after the token was typed once: a cookie with an end and a
/// code over it that only the token makes. Nothing is stored, so any server of the service can
/// check it; another token ends all sessions. The cookie is not the token itself, because browsers
/// send cookies to every port of a host.
final class Sessions {
  static final Duration LIFETIME = Duration.ofHours(12);
  private static final String NAME = "edgewright-session";
  private static final Pattern COOKIE =
      Pattern.compile("(?:^|;)\\s*" + NAME + "=([0-9]{1,12})\\.([A-Za-z0-9_-]{43})\\s*(?:;|$)");

  private final byte[] operatorToken;
  private final Clock clock;

  Sessions(String operatorToken, Clock clock) {
    this.operatorToken = operatorToken.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  boolean isToken(String given) {
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), operatorToken);
  }

  /// The value of `Set-Cookie` that begins a session.
  String begin(Request request) {
    long end = clock.instant().plus(LIFETIME).getEpochSecond();
    return cookie(request, end + "." + code(end), LIFETIME);
  }

  /// The value of `Set-Cookie` that ends it.
  static String end(Request request) {
    return cookie(request, "", Duration.ZERO);
  }

  private static String cookie(Request request, String value, Duration age) {
    boolean isEncrypted = request.header("x-forwarded-proto").orElse("").equals("https");
    return NAME
        + "="
        + value
        + "; Path=/; Max-Age="
        + age.toSeconds()
        + "; HttpOnly; SameSite=Strict"
        + (isEncrypted ? "; Secure" : "");
  }

  /// Whether the request belongs to a session that has not ended.
  ///
  /// @throws ServiceException when it changes something and was not sent by a page of this service
  boolean isOpen(Request request) {
    Matcher cookie = COOKIE.matcher(request.header("cookie").orElse(""));
    if (!cookie.find()) {
      return false;
    }
    long end = Long.parseLong(cookie.group(1));
    boolean isOpen =
        clock.instant().isBefore(Instant.ofEpochSecond(end))
            && MessageDigest.isEqual(ascii(cookie.group(2)), ascii(code(end)));
    if (isOpen && !request.method().equals("GET")) {
      checkOwnPage(request);
    }
    return isOpen;
  }

  /// @throws ServiceException when another page sent the request, or no page
  static void checkOwnPage(Request request) {
    if (!isFromOwnPage(request)) {
      throw new ServiceException(
          ServiceErrorCode.OPERATOR_TOKEN_WRONG,
          "the header `Origin`",
          request.header("origin").map(origin -> "`" + origin + "`").orElse("no such header"),
          "this service itself: a browser's session counts only on its own pages",
          "use the console's own form, or send the header `Authorization: Bearer TOKEN`");
    }
  }

  /// Whether a page of this service sent the request, as far as browsers tell. They name the page's
  /// origin with every request that changes something, and no page can make them name another. That
  /// is needed beside `SameSite`, for which another port of the same host is no other site.
  private static boolean isFromOwnPage(Request request) {
    Optional<String> site = request.header("sec-fetch-site");
    if (site.isPresent()) {
      return site.get().equals("same-origin");
    }
    return request
        .header("origin")
        .map(origin -> authority(origin).equals(request.header("host")))
        .orElse(false);
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private String code(long end) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(operatorToken, "HmacSHA256"));
      byte[] code = mac.doFinal(ascii("edgewright session until " + end));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
