package io.edgewright.functions.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.device.HealthGate.Audience;
import io.edgewright.functions.core.device.HealthGate.Verdict;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.Deployment.Rollout;
import io.edgewright.functions.core.store.DeploymentStore.Tally;
import io.edgewright.functions.core.store.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthGateTest {
  /// At most 20 % may fail, 5 must report, a stage takes 100 seconds.
  private static final Deployment ROLLING =
      new Deployment(
          "lobby",
          1,
          Samples.digest("c").hex(),
          Optional.empty(),
          new Rollout(List.of(10, 100), new Gate(20, 5, Duration.ofSeconds(100))),
          Phase.ROLLING_OUT,
          0,
          Samples.NOON,
          Samples.NOON,
          "",
          1);

  private static Instant after(int seconds) {
    return Samples.NOON.plusSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    // seconds, reported, failed, canaries, of them new, verdict
    "99, 10, 0, 10, 10, wait", // still observed
    "100, 10, 0, 10, 10, pass",
    "100, 10, 2, 10, 10, pass", // 20 % is not too many
    "100, 10, 3, 10, 10, fail",
    "1, 10, 3, 10, 10, fail", // as soon as it is clear
    "1, 4, 4, 10, 10, wait", // four are too few to tell
    "200, 4, 4, 10, 10, wait", // and do not pass either
    "200, 4, 0, 10, 10, wait",
    "100, 3, 0, 3, 3, pass", // all of a small group
    "1, 3, 3, 3, 3, fail",
    "100, 2, 0, 3, 3, wait",
    "100, 0, 0, 0, 0, pass", // nobody to wait for
    "99, 0, 0, 0, 0, wait",
    "100, 2, 0, 9, 2, pass", // all that came new in this stage
    "100, 1, 1, 9, 0, wait", // an old canary fell ill: one is too few to tell
  })
  void judges(int seconds, int reported, int failed, int canaries, int added, String verdict) {
    Verdict judged =
        HealthGate.judge(
            ROLLING, new Tally(reported, failed), new Audience(canaries, added), after(seconds));
    assertThat(judged.getClass().getSimpleName()).isEqualToIgnoringCase(verdict);
  }

  @Test
  void saysWhatWentWrong() {
    assertThat(HealthGate.judge(ROLLING, new Tally(6, 3), new Audience(9, 9), after(1)))
        .isEqualTo(
            new Verdict.Fail("3 of 6 devices that reported at 10 % failed; at most 20 % may"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, false",
    "1, 3, 0, false",
    "1, 3, 1, true",
    "100, 0, 0, true",
    "100, 5, 0, false",
    "1, 5, 5, false",
  })
  void countsCanariesOnlyWhereItMatters(int seconds, int reported, int failed, boolean needed) {
    assertThat(HealthGate.needsAudience(ROLLING, new Tally(reported, failed), after(seconds)))
        .isEqualTo(needed);
  }
}
