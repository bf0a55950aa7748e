package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/// One table. Reads by key see what was last written.
record Table(DynamoDbClient client, String name) {
  /// DynamoDB's limit is 400 KB; what it counts is computed here only about.
  static final int MOST_ITEM_BYTES = 390_000;

  private static final int MOST_KEYS = 100;

  Optional<Item> get(Item key) {
    var response =
        client.getItem(
            request -> request.tableName(name).key(key.attributes()).consistentRead(true));
    return response.hasItem() ? Optional.of(new Item(response.item())) : Optional.empty();
  }

  /// Those of the items that there are, in the order of the keys.
  List<Item> getAll(List<Item> keys) {
    Map<Item, Item> found = new HashMap<>();
    for (int start = 0; start < keys.size(); start += MOST_KEYS) {
      getBatch(keys.subList(start, Math.min(start + MOST_KEYS, keys.size())), found);
    }
    return keys.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private void getBatch(List<Item> keys, Map<Item, Item> found) {
    Map<String, KeysAndAttributes> wanted =
        Map.of(
            name,
            KeysAndAttributes.builder()
                .keys(keys.stream().map(Item::attributes).toList())
                .consistentRead(true)
                .build());
    // What is over 16 MB, or throttled, comes back and is asked for again.
    for (int attempt = 1; !wanted.isEmpty(); attempt++) {
      if (attempt > 1) {
        Backoff.STANDARD.pause(attempt - 1);
      }
      var asked = wanted;
      var response = client.batchGetItem(request -> request.requestItems(asked));
      response.responses().getOrDefault(name, List.of()).stream()
          .map(Item::new)
          .forEach(item ->
              keys.stream().filter(key -> isOf(key, item)).forEach(key -> found.put(key, item)));
      wanted = response.unprocessedKeys();
    }
  }

  private static boolean isOf(Item key, Item item) {
    return item.attributes().entrySet().containsAll(key.attributes().entrySet());
  }

  /// What became of a conditional write.
  sealed interface Outcome {
    record Written() implements Outcome {}

    /// The condition did not hold.
    ///
    /// @param there the item that was there, empty if there was none
    record Refused(Item there) implements Outcome {}

    default boolean isWritten() {
      return this instanceof Written;
    }
  }

  void put(Item item) {
    checkSize(item);
    colliding(() -> client.putItem(request -> request.tableName(name).item(item.attributes())));
  }

  Outcome put(Item item, Term condition) {
    checkSize(item);
    return conditional(() ->
        client.putItem(request ->
            request
                .tableName(name)
                .item(item.attributes())
                .conditionExpression(condition.text())
                .expressionAttributeNames(condition.names())
                .expressionAttributeValues(orNull(condition.values()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
  }

  Outcome update(Item key, Term change, Term condition) {
    return conditional(() ->
        client.updateItem(request ->
            request
                .tableName(name)
                .key(key.attributes())
                .updateExpression(change.text())
                .conditionExpression(condition.text())
                .expressionAttributeNames(change.namesWith(condition))
                .expressionAttributeValues(orNull(change.valuesWith(condition)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
  }

  Outcome delete(Item key, Term condition) {
    return conditional(() ->
        client.deleteItem(request ->
            request
                .tableName(name)
                .key(key.attributes())
                .conditionExpression(condition.text())
                .expressionAttributeNames(condition.names())
                .expressionAttributeValues(orNull(condition.values()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
  }

  void delete(Item key) {
    colliding(() -> client.deleteItem(request -> request.tableName(name).key(key.attributes())));
  }

  private static Outcome conditional(Supplier<?> write) {
    try {
      colliding(write);
      return new Outcome.Written();
    } catch (ConditionalCheckFailedException e) {
      return new Outcome.Refused(new Item(e.hasItem() ? e.item() : Map.of()));
    }
  }

  /// A write that may meet a transaction on its way.
  private static void colliding(Supplier<?> write) {
    var _ = Backoff.STANDARD.call(write::get, TransactionConflictException.class::isInstance);
  }

  TransactWriteItem putting(Item item, Term condition) {
    checkSize(item);
    return TransactWriteItem.builder()
        .put(put ->
            put.tableName(name)
                .item(item.attributes())
                .conditionExpression(condition.text())
                .expressionAttributeNames(condition.names())
                .expressionAttributeValues(orNull(condition.values())))
        .build();
  }

  TransactWriteItem updating(Item key, Term change, Term condition) {
    return TransactWriteItem.builder()
        .update(update ->
            update
                .tableName(name)
                .key(key.attributes())
                .updateExpression(change.text())
                .conditionExpression(condition.text())
                .expressionAttributeNames(change.namesWith(condition))
                .expressionAttributeValues(orNull(change.valuesWith(condition))))
        .build();
  }

  TransactWriteItem checking(Item key, Term condition) {
    return TransactWriteItem.builder()
        .conditionCheck(check ->
            check
                .tableName(name)
                .key(key.attributes())
                .conditionExpression(condition.text())
                .expressionAttributeNames(condition.names())
                .expressionAttributeValues(orNull(condition.values())))
        .build();
  }

  /// DynamoDB refuses an empty map of values.
  private static @Nullable Map<String, AttributeValue> orNull(Map<String, AttributeValue> values) {
    return values.isEmpty() ? null : values;
  }

  Search search(Term keys) {
    return new Search(this, keys);
  }

  Stream<Item> query(Search search) {
    return client
        .queryPaginator(request -> {
          request
              .tableName(name)
              .keyConditionExpression(search.keys().text())
              .expressionAttributeNames(new LinkedHashMap<>(search.names()))
              .expressionAttributeValues(search.values())
              .scanIndexForward(search.isForward());
          search.index().ifPresentOrElse(request::indexName, () -> request.consistentRead(true));
          search.filter().map(Term::text).ifPresent(request::filterExpression);
          search.pageSize().ifPresent(request::limit);
        })
        .items()
        .stream()
        .map(Item::new);
  }

  private void checkSize(Item item) {
    long bytes = item.bytes();
    if (bytes > MOST_ITEM_BYTES) {
      throw new ServiceException(
          ServiceErrorCode.BODY_TOO_LARGE,
          "what is to be kept in the table `" + name + "`",
          bytes + " bytes",
          "at most " + MOST_ITEM_BYTES + " bytes, which is what DynamoDB keeps as one item",
          "send less in one record");
    }
  }
}
