package io.edgewright.device.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,\"a\":2}",
        "[1] [2]",
        "{'a':1}",
        "[1,]",
        "nul",
        "NaN",
        "99999999999999999999",
        "[01]"
      })
  void refusesWhatTwoReadersCouldUnderstandDifferently(String text) {
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
  void refusesEveryEncodingButUtf8(String encoding) {
    byte[] document = "{\"a\":1}".getBytes(Charset.forName(encoding));

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonText.parse(document, "test"));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonSlices.fields(document, "test"));
  }

  @Test
  void refusesWhatAPowerCutLeftHalfOfZeros() {
    byte[] document = utf8("{\"format\":1,\"active\":\"x\"}");
    Arrays.fill(document, 0, 6, (byte) 0);

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonText.parse(document, "test"));
  }

  @Test
  void refusesDeepNesting() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse(deep));
  }

  @Test
  void namesThePlaceOfAWrongField() {
    JsonValue size =
        parse("{\"a\":[{\"size\":\"ten\"}]}").require("a").items().get(0).require("size");

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> size.integer(0, 9))
        .withMessage("test.a[0].size: `\"ten\"`; allowed: an integer from 0 to 9");
  }

  @Test
  void printsWhatItReads() {
    String text = "{\"a\":[1,2.5,\"x\\n\",true,null],\"b\":{}}";

    assertThat(JsonText.print(parse(text).value())).isEqualTo(text);
  }

  @Test
  void cutsADocumentIntoTheExactBytesOfItsParts() {
    String text =
        "{ \"a\" : { \"x\" : [ 1 ] } , \"b\":[{\"y\":\"\\u00e9\u00e9\"}, 17 , \"end\" ] }";

    Map<String, byte[]> fields = JsonSlices.fields(utf8(text), "test");
    assertThat(fields).containsOnlyKeys("a", "b");
    assertThat(text(fields.getOrDefault("a", new byte[0]))).isEqualTo("{ \"x\" : [ 1 ] }");
    List<byte[]> items = JsonSlices.items(fields.getOrDefault("b", new byte[0]), "test");
    assertThat(items.stream().map(JsonTest::text))
        .containsExactly("{\"y\":\"\\u00e9\u00e9\"}", "17", "\"end\"");
  }

  private static JsonValue parse(String text) {
    return JsonText.parse(utf8(text), "test");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
