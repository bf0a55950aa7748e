package io.edgewright.compiler.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.NearMatches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// One JSON value and where it stands. Each method reads it as what it should be; what does not fit
/// becomes a finding and an empty result.
record Place(JsonNode node, String pointer, Findings findings) {
  private static final int MOST_SHOWN = 60;

  Optional<String> text(TextRule rule) {
    if (node.isTextual() && rule.accepts(node.textValue())) {
      return Optional.of(node.textValue());
    }
    invalid(rule.allowed(), "correct the text");
    return Optional.empty();
  }

  Optional<Double> number(Range range) {
    if (node.isNumber() && range.contains(node.doubleValue())) {
      return Optional.of(node.doubleValue());
    }
    invalid("a number " + range, hintForNumbers());
    return Optional.empty();
  }

  /// 2.0 counts as whole, as it does in JSON Schema.
  Optional<Double> whole(Range range) {
    double value = node.doubleValue();
    if (node.isNumber() && range.contains(value) && value == Math.rint(value)) {
      return Optional.of(value);
    }
    invalid("a whole number " + range, hintForNumbers());
    return Optional.empty();
  }

  Optional<Integer> integer(Range range) {
    return whole(range).map(Double::intValue);
  }

  Optional<Boolean> flag() {
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    invalid("true or false", "write it without quotes");
    return Optional.empty();
  }

  <E extends Enum<E>> Optional<E> choice(Class<E> type) {
    E[] constants = type.getEnumConstants();
    List<String> words = Spelling.all(constants);
    int index = node.isTextual() ? words.indexOf(node.textValue()) : -1;
    if (index >= 0) {
      return Optional.of(constants[index]);
    }
    invalid(Spelling.list(words), nearest(words));
    return Optional.empty();
  }

  /// One of the words that stand for kinds of objects.
  Optional<String> word(List<String> words) {
    if (node.isTextual() && words.contains(node.textValue())) {
      return Optional.of(node.textValue());
    }
    invalid(Spelling.list(words), nearest(words));
    return Optional.empty();
  }

  /// The elements of an array; empty when it is none or has too few or too many.
  List<Place> items(int least, int most) {
    if (!node.isArray() || node.size() < least || node.size() > most) {
      String seen = node.isArray() ? "a list of " + node.size() : shown();
      report(seen, "a list of " + least + " to " + most, "correct the list");
      return List.of();
    }
    List<Place> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new Place(node.get(i), pointer + "/" + i, findings));
    }
    return items;
  }

  /// An object's fields; a place that holds none has no fields.
  Optional<Fields> fields() {
    if (node.isObject()) {
      return Optional.of(new Fields(this));
    }
    invalid("an object", "write it in braces: { ... }");
    return Optional.empty();
  }

  /// One number for all channels, or a list with one for each.
  Optional<List<Double>> perChannel(int channels, Range range) {
    if (node.isNumber()) {
      return number(range).map(one -> Collections.nCopies(channels, one));
    }
    if (!node.isArray() || node.size() != channels) {
      String seen = node.isArray() ? "a list of " + node.size() : shown();
      String allowed = "a number, or a list of " + channels;
      report(seen, allowed, "give one number for each channel of `color`");
      return Optional.empty();
    }
    List<Double> numbers = new ArrayList<>();
    items(channels, channels).forEach(item -> item.number(range).ifPresent(numbers::add));
    return numbers.size() == channels ? Optional.of(numbers) : Optional.empty();
  }

  void invalid(String allowed, String hint) {
    report(shown(), allowed, hint);
  }

  private void report(String seen, String allowed, String hint) {
    findings.add(ErrorCode.MANIFEST_VALUE_INVALID, pointer, seen, allowed, hint);
  }

  /// The value as JSON, shortened.
  String shown() {
    String text = node.toString();
    int most =
        text.offsetByCodePoints(0, Math.min(MOST_SHOWN, text.codePointCount(0, text.length())));
    return "`" + text.substring(0, most) + (most < text.length() ? "..." : "") + "`";
  }

  private String nearest(List<String> words) {
    return NearMatches.hint(node.asText(), words, "take one of these words");
  }

  private String hintForNumbers() {
    return node.isTextual() ? "write it without quotes" : "give a number in that range";
  }
}
