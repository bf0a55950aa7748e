package io.edgewright.device.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void sortsKeysAndDropsWhiteSpace() {
    assertThat(canonical("{ \"b\" : [1, true, null], \"a\" : {\"y\":\"\", \"x\":-3} }"))
        .isEqualTo("{\"a\":{\"x\":-3,\"y\":\"\"},\"b\":[1,true,null]}");
  }

  @Test
  void escapesOnlyQuotesAndBackslashes() {
    assertThat(canonical("\"\\u00e9\\n\\\"\\\\/\"")).isEqualTo("\"\u00e9\n\\\"\\\\/\"");
  }

  @Test
  void sortsByCodePointEvenBeyondTheBasicPlane() {
    // U+1F600 is above U+FFFD, but its first UTF-16 unit (D83D) is below it.
    assertThat(canonical("{\"\\uD83D\\uDE00\":1,\"\\uFFFD\":2}"))
        .isEqualTo("{\"\uFFFD\":2,\"\uD83D\uDE00\":1}");
  }

  @Test
  void hasNoFormForFractions() {
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> canonical("[1.0]"));
  }

  private static String canonical(String json) {
    byte[] document = json.getBytes(StandardCharsets.UTF_8);
    Object value = JsonText.parse(document, "test").value();
    return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }
}
