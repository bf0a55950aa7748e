package io.edgewright.functions.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import io.edgewright.functions.core.ServiceException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String HOST = "127.0.0.1:8080";

  private static Sessions sessions(String token, Instant now) {
    return new Sessions(token, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Request request(String method, Map<String, String> headers) {
    return new Request(
        new APIGatewayProxyRequestEvent().withHttpMethod(method).withHeaders(headers));
  }

  private static String cookie() {
    String header = sessions("token", NOW).begin(request("POST", Map.of()));
    return header.substring(0, header.indexOf(';'));
  }

  private static boolean isOpen(String cookie, Instant now) {
    return sessions("token", now).isOpen(request("GET", Map.of("Cookie", cookie)));
  }

  @Test
  void letsInWhoeverHasTheCookieUntilItEnds() {
    Instant end = NOW.plus(Sessions.LIFETIME);
    assertThat(isOpen(cookie(), NOW)).isTrue();
    assertThat(isOpen("other=1; " + cookie() + "; more=2", end.minusSeconds(1))).isTrue();
    assertThat(isOpen(cookie(), end)).isFalse();
  }

  @Test
  void refusesEveryCookieThatWasAltered() {
    String cookie = cookie();
    for (int i = 0; i < cookie.length(); i++) {
      char other = cookie.charAt(i) == '8' ? '9' : '8';
      String altered = cookie.substring(0, i) + other + cookie.substring(i + 1);
      assertThat(isOpen(altered, NOW)).as(altered).isFalse();
    }
    assertThat(isOpen(cookie.substring(0, cookie.length() - 1), NOW)).isFalse();
    assertThat(isOpen("", NOW)).isFalse();
  }

  @Test
  void anotherTokenEndsAllSessions() {
    Request request = request("GET", Map.of("cookie", cookie()));
    assertThat(sessions("another", NOW).isOpen(request)).isFalse();
  }

  @Test
  void theCookieIsOutOfReachForScriptsAndForOtherSites() {
    Sessions sessions = sessions("token", NOW);
    assertThat(sessions.begin(request("POST", Map.of())))
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=43200")
        .doesNotContain("token", "Secure");
    assertThat(sessions.begin(request("POST", Map.of("X-Forwarded-Proto", "https"))))
        .contains("; Secure");
    assertThat(Sessions.end(request("POST", Map.of()))).contains("session=;", "Max-Age=0");
  }

  @ParameterizedTest
  @CsvSource({
    "origin, http://127.0.0.1:8080",
    "origin, https://127.0.0.1:8080",
    "sec-fetch-site, same-origin"
  })
  void takesChangesFromItsOwnPages(String header, String value) {
    assertThat(change(Map.of("host", HOST, "cookie", cookie(), header, value))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "origin, http://127.0.0.1:8081",
    "origin, http://127.0.0.1",
    "origin, http://evil.example",
    "origin, http://127.0.0.1:8080.evil.example",
    "origin, null",
    "origin, ' '",
    "sec-fetch-site, same-site",
    "sec-fetch-site, cross-site",
    "sec-fetch-site, none",
    "referer, http://127.0.0.1:8080/"
  })
  void refusesChangesFromAnythingElse(String header, String value) {
    var headers = Map.of("host", HOST, "cookie", cookie(), header, value);
    assertThatThrownBy(() -> change(headers))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("EW-4008 the header `Origin`");
  }

  private static boolean change(Map<String, String> headers) {
    return sessions("token", NOW).isOpen(request("POST", headers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/devices", "/compilations/0a1b", "/devices/A-z_9"})
  void goesOnToItsOwnPages(String page) {
    assertThat(LogIn.next(Optional.of(page))).isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/x\r\nset-cookie: a=b",
        "/?a",
        "/%2f",
        "",
        "javascript:alert(1)",
        "/.//evil.example"
      })
  void goesNowhereElse(String page) {
    assertThat(LogIn.next(Optional.of(page))).isEqualTo("/");
  }
}
