package io.edgewright.functions.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.device.Rollouts.Standing;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.Deployment.Rollout;
import io.edgewright.functions.core.store.DeploymentStore.Tally;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.pages.DeploymentsPage.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentsPageTest {
  private static final String NEW = Samples.digest("new").hex();
  private static final String OLD = Samples.digest("old").hex();

  private static String page(Phase phase, String reason) {
    Deployment deployment =
        new Deployment(
            "lobby",
            2,
            NEW,
            Optional.of(OLD),
            new Rollout(List.of(5, 25, 100), new Gate(10, 5, Duration.ofHours(1))),
            phase,
            1,
            Samples.NOON,
            Samples.NOON,
            reason,
            3);
    var standing = Optional.of(new Standing(deployment, 12, new Tally(7, 1)));
    return DeploymentsPage.html(
        new Page<>(List.of(new Shown(deployment, "digits", standing)), Optional.empty()),
        Samples.NOON);
  }

  @Test
  void showsHowARollOutStands() {
    assertThat(page(Phase.ROLLING_OUT, ""))
        .contains("Stage 2 of 3: 25 % of the devices, 12 canaries, 7 reported, 1 failed.")
        .contains("value=\"25\"", ">digits</a>")
        .contains("The other devices run <a href=\"/compilations/" + OLD);
  }

  @Test
  void saysWhyItWasHaltedAndWhatRunsInstead() {
    assertThat(page(Phase.HALTED, "3 of 7 failed"))
        .contains("3 of 7 failed", "All devices run <a href=\"/compilations/" + OLD)
        .doesNotContain("<progress");
  }

  @Test
  void saysNothingOfThePastWhenAllRunIt() {
    assertThat(page(Phase.DONE, "")).contains(">done<").doesNotContain(OLD, "devices run");
  }
}
