package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.DeploymentStore.Outcome;
import io.edgewright.functions.core.store.DeploymentStore.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class DeploymentStoreContract {
  private static final Instant NOW = Samples.NOON;

  private final Compilation one = Samples.compilation("one", NOW, "host");
  private final Compilation other = Samples.compilation("other", NOW, "host");
  private final Deployment first = Samples.deployment("lobby", one.id());

  protected abstract DeploymentStore store();

  /// Puts in what is deployed.
  protected void prepare(CompilationStore compilations) {
    compilations.create(one);
    compilations.create(other);
  }

  @Test
  void findsWhatWasWritten() {
    assertThat(store().find("lobby")).isEmpty();
    assertThat(store().write(first)).isEqualTo(Outcome.WRITTEN);
    assertThat(store().find("lobby")).contains(first);
    Deployment next = Samples.deploymentAfter(first, other.id());
    assertThat(store().write(next)).isEqualTo(Outcome.WRITTEN);
    assertThat(store().find("lobby")).contains(next);
  }

  @Test
  void refusesWhoeverDoesNotKnowTheLastRevision() {
    store().write(first);
    assertThat(store().write(first)).isEqualTo(Outcome.SUPERSEDED);
    Deployment second = first.enter(Phase.ROLLED_BACK, "r", NOW);
    Deployment third = second.enter(Phase.DONE, "", NOW);
    assertThat(store().write(third)).isEqualTo(Outcome.SUPERSEDED);
    assertThat(store().find("lobby")).contains(first);
  }

  @Test
  void letsOneOfManyWriteTheNextRevision() {
    store().write(first);
    long winners =
        IntStream.range(0, 50)
            .parallel()
            .filter(i -> store().write(first.enter(Phase.HALTED, "w" + i, NOW)) == Outcome.WRITTEN)
            .count();
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotThere() {
    String gone = Samples.digest("gone").hex();
    assertThat(store().write(Samples.deployment("lobby", gone)))
        .isEqualTo(Outcome.COMPILATION_GONE);
    assertThat(store().find("lobby")).isEmpty();
  }

  @Test
  void knowsTheGroupsThatRunACompilationOrWouldReturnToIt() {
    store().write(first);
    store().write(Samples.deployment("attic", one.id()));
    Deployment next = Samples.deploymentAfter(first, other.id());
    store().write(next);
    assertThat(store().groupsOf(one.id())).containsExactly("attic", "lobby");
    assertThat(store().groupsOf(other.id())).containsExactly("lobby");
    store().write(next.enter(Phase.ROLLED_BACK, "r", NOW));
    assertThat(store().groupsOf(other.id())).isEmpty();
    assertThat(store().groupsOf(one.id())).containsExactly("attic", "lobby");
  }

  @Test
  void listsWhatIsBeingRolledOut() {
    store().write(first);
    Deployment attic = Samples.deployment("attic", one.id()).enter(Phase.ROLLING_OUT, "", NOW);
    store().write(Samples.deployment("attic", one.id()));
    store().write(attic);
    assertThat(store().rollingOut()).containsExactly(attic);
  }

  @Test
  void pagesByTheNamesOfTheGroups() {
    for (String group : List.of("c", "a", "e", "b", "d")) {
      store().write(Samples.deployment(group, one.id()));
    }
    List<String> groups = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Deployment> page = store().byGroup(2, cursor);
      page.items().forEach(deployment -> groups.add(deployment.group()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(groups).containsExactly("a", "b", "c", "d", "e");
    assertThatThrownBy(() -> store().byGroup(2, Optional.of("?")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsWhatEachDeviceReportedLast() {
    store().write(first);
    store().note(first, "d1", true, NOW);
    store().note(first, "d2", false, NOW.plusSeconds(1));
    store().note(first, "d1", false, NOW.plusSeconds(2));
    store().note(first, "d3", true, NOW.plusSeconds(2));
    assertThat(store().tally(first, NOW)).isEqualTo(new Tally(3, 2));
    assertThat(store().tally(first, NOW.plusSeconds(2))).isEqualTo(new Tally(2, 1));
    assertThat(store().tally(first, NOW.plusSeconds(3))).isEqualTo(new Tally(0, 0));
  }

  @Test
  void forgetsTheReportsOfAnEarlierDeployment() {
    store().write(first);
    store().note(first, "d1", true, NOW);
    store().write(first.enter(Phase.ROLLED_BACK, "", NOW));
    assertThat(store().tally(first, NOW)).isEqualTo(new Tally(1, 0));
    Deployment next = Samples.deploymentAfter(first.enter(Phase.ROLLED_BACK, "", NOW), other.id());
    store().write(next);
    assertThat(store().tally(first, NOW)).isEqualTo(new Tally(0, 0));
    assertThat(store().tally(next, NOW)).isEqualTo(new Tally(0, 0));
  }
}
