package io.edgewright.functions.embedded.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.store.Samples;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedAddressesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String KEY = "bundles/abc.zip";

  private static SignedAddresses at(Instant now) {
    return new SignedAddresses(
        "secret".getBytes(UTF_8), Clock.fixed(now, ZoneOffset.UTC), URI.create("http://h:1"));
  }

  private final SignedAddresses addresses = at(Samples.NOON);

  private static Map<String, String> query(URI address) {
    Map<String, String> query = new HashMap<>();
    for (String term : address.getRawQuery().split("&", -1)) {
      String value = term.substring(term.indexOf('=') + 1);
      query.put(term.substring(0, term.indexOf('=')), URLDecoder.decode(value, UTF_8));
    }
    return query;
  }

  private Map<String, String> download() {
    return query(addresses.download(KEY, "a b+c.zip", HOUR));
  }

  @Test
  void permitsWhatItSigned() {
    URI address = addresses.download(KEY, "a.zip", HOUR);
    assertThat(address.toString()).startsWith("http://h:1/objects/bundles/abc.zip?");
    assertThat(addresses.refusal("GET", KEY, query(address))).isEmpty();
    assertThat(addresses.refusal("HEAD", KEY, query(address))).isEmpty();
  }

  @Test
  void refusesAfterTheEnd() {
    var query = download();
    assertThat(at(Samples.NOON.plus(HOUR)).refusal("GET", KEY, query)).isEmpty();
    assertThat(at(Samples.NOON.plus(HOUR).plusSeconds(1)).refusal("GET", KEY, query))
        .hasValueSatisfying(why -> assertThat(why).contains("2026-03-01T13:00:00Z"));
  }

  @Test
  void refusesAnyAlteration() {
    var query = download();
    assertThat(addresses.refusal("PUT", KEY, query)).isPresent();
    assertThat(addresses.refusal("GET", "bundles/abd.zip", query)).isPresent();
    for (String name : List.copyOf(query.keySet())) {
      var without = new HashMap<>(query);
      without.remove(name);
      assertThat(addresses.refusal("GET", KEY, without)).isPresent();
      var altered = new HashMap<>(query);
      altered.put(name, "9" + query.get(name));
      assertThat(addresses.refusal("GET", KEY, altered)).isPresent();
    }
    var more = new HashMap<>(query);
    more.put("bytes", "1");
    assertThat(addresses.refusal("GET", KEY, more)).isPresent();
  }

  @Test
  void doesNotMistakeAValueForASecondTerm() {
    var query = query(addresses.download(KEY, "x\nbytes=1", HOUR));
    query.put("name", "x");
    query.put("bytes", "1");
    assertThat(addresses.refusal("GET", KEY, query)).isPresent();
  }

  @Test
  void bindsAnUploadToItsContent() {
    var digest = Samples.digest("x");
    var query = query(addresses.upload("models/" + digest.hex(), 3, digest, HOUR));
    assertThat(query).containsEntry("bytes", "3").containsEntry("sha256", digest.hex());
    query.put("bytes", "4");
    assertThat(addresses.refusal("PUT", "models/" + digest.hex(), query)).isPresent();
  }
}
