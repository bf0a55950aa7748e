package io.edgewright.functions.aws.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What must hold for a write, or what it changes, in DynamoDB's words. Every attribute is written
/// `#name`, because many names are words of that language, and every value `:name`.
record Term(String text, Map<String, String> names, Map<String, AttributeValue> values) {
  private static final Pattern NAME = Pattern.compile("#([A-Za-z]+)");

  Term {
    names = Map.copyOf(names);
    values = Map.copyOf(values);
  }

  static final Term ABSENT = of("attribute_not_exists(#id)");
  static final Term PRESENT = of("attribute_exists(#id)");

  static Term of(String text) {
    Map<String, String> names = new LinkedHashMap<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      names.put(name.group(), name.group(1));
    }
    return new Term(text, names, Map.of());
  }

  Term with(String name, AttributeValue value) {
    var more = new LinkedHashMap<>(values);
    more.put(":" + name, value);
    return new Term(text, names, more);
  }

  Term with(String name, String text) {
    return with(name, Item.text(text));
  }

  Term with(String name, long number) {
    return with(name, Item.number(number));
  }

  Term with(String name, Instant at) {
    return with(name, at.toEpochMilli());
  }

  /// What `#name` stands for where that is not the word itself.
  Term naming(String name, String attribute) {
    var more = new LinkedHashMap<>(names);
    more.put("#" + name, attribute);
    return new Term(text, more, values);
  }

  /// The names of both, for a request that has two expressions.
  Map<String, String> namesWith(Term other) {
    var both = new LinkedHashMap<>(names);
    both.putAll(other.names);
    return both;
  }

  Map<String, AttributeValue> valuesWith(Term other) {
    var both = new LinkedHashMap<>(values);
    both.putAll(other.values);
    return both;
  }
}
