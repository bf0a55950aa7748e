package io.edgewright.functions.aws.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item of a table, or its key. Instants are milliseconds since 1970.
record Item(Map<String, AttributeValue> attributes) {
  Item {
    attributes = Map.copyOf(attributes);
  }

  static Item of(String name, String text) {
    return new Item(Map.of()).with(name, text);
  }

  Item with(String name, AttributeValue value) {
    var more = new LinkedHashMap<>(attributes);
    more.put(name, value);
    return new Item(more);
  }

  Item with(String name, String text) {
    return with(name, text(text));
  }

  Item with(String name, long number) {
    return with(name, number(number));
  }

  Item with(String name, Instant at) {
    return with(name, number(at.toEpochMilli()));
  }

  Item with(String name, byte[] bytes) {
    return with(name, bytes(bytes));
  }

  /// When DynamoDB may delete it, which it does in seconds and some days late.
  Item expiring(Instant at) {
    return with(Tables.EXPIRES, at.getEpochSecond() + 1);
  }

  static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue bytes(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  static AttributeValue texts(Collection<String> texts) {
    return AttributeValue.fromL(texts.stream().map(Item::text).toList());
  }

  static AttributeValue set(String... texts) {
    return AttributeValue.fromSs(List.of(texts));
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  private Optional<AttributeValue> find(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  AttributeValue value(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException("no `" + name + "` in an item"));
  }

  String text(String name, String otherwise) {
    return find(name).map(AttributeValue::s).orElse(otherwise);
  }

  String textOf(String name) {
    return value(name).s();
  }

  Optional<String> maybe(String name) {
    return find(name).map(AttributeValue::s);
  }

  long numberOf(String name) {
    return Long.parseLong(value(name).n());
  }

  int intOf(String name) {
    return Math.toIntExact(numberOf(name));
  }

  Instant instantOf(String name) {
    return Instant.ofEpochMilli(numberOf(name));
  }

  Optional<Instant> maybeInstant(String name) {
    return find(name).map(value -> Instant.ofEpochMilli(Long.parseLong(value.n())));
  }

  byte[] bytesOf(String name) {
    return value(name).b().asByteArray();
  }

  List<String> textsOf(String name) {
    return value(name).l().stream().map(AttributeValue::s).toList();
  }

  /// Empty where there is no such set: DynamoDB has no empty ones.
  Set<String> setOf(String name) {
    return find(name).map(value -> Set.copyOf(value.ss())).orElse(Set.of());
  }

  /// The named part of a map inside of the item.
  Item part(String map, String name) {
    return new Item(Objects.requireNonNull(value(map).m().get(name)).m());
  }

  AttributeValue asValue() {
    return AttributeValue.fromM(attributes);
  }

  /// About what DynamoDB counts: names and values as UTF-8, some bytes for structure.
  long bytes() {
    return bytes(attributes);
  }

  private static long bytes(Map<String, AttributeValue> map) {
    return map.entrySet().stream()
        .mapToLong(entry -> utf8(entry.getKey()) + 1 + bytes(entry.getValue()))
        .sum();
  }

  private static long bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case B -> value.b().asByteArrayUnsafe().length;
      case M -> 3 + bytes(value.m());
      case L -> 3 + value.l().stream().mapToLong(item -> 1 + bytes(item)).sum();
      case SS -> value.ss().stream().mapToLong(Item::utf8).sum();
      case N, NS, BS, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 21;
    };
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
