package io.edgewright.functions.aws.store;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/// Writes to several items, all or none.
final class Transaction {
  private static final String CONDITION = "ConditionalCheckFailed";
  private static final Set<String> COLLISIONS =
      Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private Transaction() {}

  /// @return the positions of the writes whose conditions did not hold; empty when all was written
  static Set<Integer> write(DynamoDbClient client, List<TransactWriteItem> items) {
    try {
      // By its token DynamoDB knows a transaction that it gets again, from here or from the SDK.
      String token = UUID.randomUUID().toString();
      return Backoff.STANDARD.call(
          () -> {
            client.transactWriteItems(
                request -> request.transactItems(items).clientRequestToken(token));
            return Set.of();
          },
          Transaction::isCollision);
    } catch (TransactionCanceledException e) {
      List<CancellationReason> reasons = e.cancellationReasons();
      Set<Integer> failed =
          IntStream.range(0, reasons.size())
              .filter(i -> CONDITION.equals(reasons.get(i).code()))
              .boxed()
              .collect(Collectors.toSet());
      if (failed.isEmpty()) {
        throw e;
      }
      return failed;
    }
  }

  private static boolean isCollision(SdkException fault) {
    return fault instanceof TransactionInProgressException
        || (fault instanceof TransactionCanceledException cancelled && collided(cancelled));
  }

  private static boolean collided(TransactionCanceledException cancelled) {
    return cancelled.cancellationReasons().stream()
            .noneMatch(reason -> CONDITION.equals(reason.code()))
        && cancelled.cancellationReasons().stream()
            .anyMatch(reason -> reason.code() != null && COLLISIONS.contains(reason.code()));
  }
}
