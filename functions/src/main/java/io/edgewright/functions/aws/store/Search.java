package io.edgewright.functions.aws.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items with one partition key, in the order of their sort keys.
///
/// @param index absent: of the table itself, which sees what was last written
/// @param isForward from the smallest sort key on
/// @param pageSize how many items one request reads, where not all are wanted
record Search(
    Table table,
    Term keys,
    Optional<String> index,
    Optional<Term> filter,
    boolean isForward,
    Optional<Integer> pageSize) {
  Search(Table table, Term keys) {
    this(table, keys, Optional.empty(), Optional.empty(), true, Optional.empty());
  }

  Search in(String wanted) {
    return new Search(table, keys, Optional.of(wanted), filter, isForward, pageSize);
  }

  Search where(Term wanted) {
    return new Search(table, keys, index, Optional.of(wanted), isForward, pageSize);
  }

  Search backward() {
    return new Search(table, keys, index, filter, false, pageSize);
  }

  Map<String, String> names() {
    return filter.map(keys::namesWith).orElse(keys.names());
  }

  Map<String, AttributeValue> values() {
    return new LinkedHashMap<>(filter.map(keys::valuesWith).orElse(keys.values()));
  }

  Stream<Item> all() {
    return table.query(this);
  }

  Stream<Item> first(int count) {
    Search some =
        new Search(table, keys, index, filter, isForward, Optional.of(Math.max(1, count)));
    return table.query(some).limit(count);
  }
}
