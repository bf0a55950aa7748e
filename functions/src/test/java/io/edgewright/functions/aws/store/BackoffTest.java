package io.edgewright.functions.aws.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

class BackoffTest {
  private static final Backoff QUICK = new Backoff(4, Duration.ofMillis(1), Duration.ofMillis(3));

  private final AtomicInteger calls = new AtomicInteger();

  private int failing(int times) {
    if (calls.incrementAndGet() <= times) {
      throw TransactionConflictException.builder().message("busy").build();
    }
    return calls.get();
  }

  @Test
  void triesAgainUntilNothingCollides() {
    int result = QUICK.call(() -> failing(3), TransactionConflictException.class::isInstance);
    assertThat(result).isEqualTo(4);
  }

  @Test
  void givesUpAfterItsTries() {
    assertThatThrownBy(
            () -> QUICK.call(() -> failing(4), TransactionConflictException.class::isInstance))
        .isInstanceOf(TransactionConflictException.class);
    assertThat(calls).hasValue(4);
  }

  @Test
  void takesEveryOtherFaultForAnAnswer() {
    assertThatThrownBy(() ->
            QUICK.call(
                () -> {
                  calls.incrementAndGet();
                  throw ConditionalCheckFailedException.builder().build();
                },
                TransactionConflictException.class::isInstance))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void doesNotWaitForATryThatWillNotBe() {
    QUICK.pause(3);
    assertThatThrownBy(() -> QUICK.pause(4)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waitsLongerEachTimeAndNeverTooLong() {
    assertThat(QUICK.most(1)).isEqualTo(Duration.ofMillis(1));
    assertThat(QUICK.most(2)).isEqualTo(Duration.ofMillis(2));
    assertThat(QUICK.most(3)).isEqualTo(Duration.ofMillis(3));
    assertThat(QUICK.most(1000)).isEqualTo(Duration.ofMillis(3));
  }
}
