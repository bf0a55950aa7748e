package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.IdempotencyStore.KeptAnswer;
import io.edgewright.functions.core.store.IdempotencyStore.Taking;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class IdempotencyStoreContract {
  private static final Instant NOW = Samples.NOON;
  private static final Digest REQUEST = Samples.digest("request");
  private static final KeptAnswer ANSWER = new KeptAnswer(202, Map.of("location", "/x"), "{}");

  protected abstract IdempotencyStore store();

  private Taking take(Digest request, Instant now) {
    return store().take("key", request, now, now.plusSeconds(100), now.minusSeconds(10));
  }

  @Test
  void answersTheSameRequestTheSame() {
    assertThat(take(REQUEST, NOW)).isEqualTo(new Taking.Taken());
    assertThat(take(REQUEST, NOW)).isEqualTo(new Taking.UnderWay());
    store().keep("key", ANSWER);
    assertThat(take(REQUEST, NOW)).isEqualTo(new Taking.Answered(ANSWER));
    assertThat(take(REQUEST, NOW.plusSeconds(100))).isEqualTo(new Taking.Answered(ANSWER));
  }

  @Test
  void refusesTheKeyToAnotherRequest() {
    take(REQUEST, NOW);
    Digest other = Samples.digest("other");
    assertThat(take(other, NOW)).isEqualTo(new Taking.Other());
    store().keep("key", ANSWER);
    assertThat(take(other, NOW)).isEqualTo(new Taking.Other());
  }

  @Test
  void freesAKeyWhoseRequestHadNoEffect() {
    take(REQUEST, NOW);
    store().release("key");
    assertThat(take(Samples.digest("other"), NOW)).isEqualTo(new Taking.Taken());
  }

  @Test
  void freesAKeyWhoseRequestWasAbandoned() {
    take(REQUEST, NOW);
    assertThat(take(REQUEST, NOW.plusSeconds(10))).isEqualTo(new Taking.UnderWay());
    assertThat(take(REQUEST, NOW.plusSeconds(11))).isEqualTo(new Taking.Taken());
  }

  @Test
  void forgetsAnAnswerAfterItsTime() {
    take(REQUEST, NOW);
    store().keep("key", ANSWER);
    assertThat(take(Samples.digest("other"), NOW.plusSeconds(101))).isEqualTo(new Taking.Taken());
  }

  @Test
  void letsOneOfManyTakeAKey() {
    long winners =
        IntStream.range(0, 50)
            .parallel()
            .filter(i -> take(REQUEST, NOW) instanceof Taking.Taken)
            .count();
    assertThat(winners).isEqualTo(1);
  }
}
