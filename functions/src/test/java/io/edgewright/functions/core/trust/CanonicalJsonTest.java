package io.edgewright.functions.core.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Json;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  private static String canonical(String json) {
    return new String(CanonicalJson.bytes(Json.trusted(json)), UTF_8);
  }

  @Test
  void sortsNamesAndDropsSpaces() {
    assertThat(canonical("{\"b\": [1, true, null], \"a\": {\"d\": \"x\", \"c\": -7}, \"B\": []}"))
        .isEqualTo("{\"B\":[],\"a\":{\"c\":-7,\"d\":\"x\"},\"b\":[1,true,null]}");
  }

  @Test
  void escapesQuoteAndBackslashOnly() {
    assertThat(canonical("\"q\\\" b\\\\ n\\n t\\t \\u00e9 \\u0001 /\""))
        .isEqualTo("\"q\\\" b\\\\ n\n t\t \u00e9 \u0001 /\"");
  }

  @Test
  void keepsLargeWholeNumbers() {
    assertThat(canonical("[18446744073709551616]")).isEqualTo("[18446744073709551616]");
  }

  @Test
  void refusesFractions() {
    assertThatThrownBy(() -> canonical("[1.5]")).isInstanceOf(IllegalArgumentException.class);
  }
}
