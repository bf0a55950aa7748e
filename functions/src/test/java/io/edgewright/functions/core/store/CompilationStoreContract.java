package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.store.CompilationStore.Deletion;
import io.edgewright.functions.core.store.Deployment.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class CompilationStoreContract {
  private static final Instant LATER = Samples.NOON.plusSeconds(60);

  protected abstract CompilationStore store();

  /// Where the same compilations are deployed.
  protected abstract DeploymentStore deployments();

  private final Compilation sample = Samples.compilation("a", Samples.NOON, "host", "board");

  @Test
  void findsWhatWasCreated() {
    assertThat(store().create(sample)).isTrue();
    assertThat(store().find(sample.id())).contains(sample);
    assertThat(store().find(Samples.digest("other").hex())).isEmpty();
  }

  @Test
  void keepsTheFirstOfTwoWithTheSameId() {
    store().create(sample);
    var second =
        new Compilation(
            sample.id(),
            1,
            "second",
            sample.model(),
            sample.manifest(),
            sample.compiler(),
            State.QUEUED,
            LATER,
            LATER,
            List.of(),
            List.of());
    assertThat(store().create(second)).isFalse();
    assertThat(store().find(sample.id())).contains(sample);
  }

  @Test
  void letsOneOfManyCreateTheSameCompilation() {
    var winners = new AtomicInteger();
    IntStream.range(0, 50)
        .parallel()
        .filter(i -> store().create(sample))
        .forEach(i -> winners.incrementAndGet());
    assertThat(winners).hasValue(1);
  }

  @Test
  void remembersProgressPerTarget() {
    store().create(sample);
    var running = TargetStatus.running("host", "optimise", 25);
    var failed = TargetStatus.running("board", "read", 5).failed(List.of(Samples.PROBLEM));
    assertThat(store().setTarget(sample.id(), 1, running, LATER)).isTrue();
    assertThat(store().setTarget(sample.id(), 1, failed, LATER)).isTrue();
    Compilation found = store().find(sample.id()).orElseThrow();
    assertThat(found.targets()).containsExactly(running, failed);
    assertThat(found.updatedAt()).isEqualTo(LATER);
  }

  @Test
  void remembersTheArtifactOfAFinishedTarget() {
    store().create(sample);
    var done = TargetStatus.done("host", Samples.artifact("x"));
    store().setTarget(sample.id(), 1, done, LATER);
    assertThat(store().find(sample.id()).orElseThrow().target("host")).contains(done);
  }

  @Test
  void leavesATargetThatIsDoneAsItIs() {
    store().create(sample);
    var done = TargetStatus.done("host", Samples.artifact("x"));
    store().setTarget(sample.id(), 1, done, LATER);
    assertThat(store().setTarget(sample.id(), 1, TargetStatus.running("host", "read", 5), LATER))
        .isFalse();
    assertThat(store().setTarget(sample.id(), 1, done.failed(List.of(Samples.PROBLEM)), LATER))
        .isFalse();
    var other = TargetStatus.done("host", Samples.artifact("y"));
    assertThat(store().setTarget(sample.id(), 1, other, LATER)).isFalse();
    assertThat(store().setTarget(sample.id(), 1, done, LATER)).isTrue();
    assertThat(store().find(sample.id()).orElseThrow().target("host")).contains(done);
  }

  @Test
  void remembersStateAndProblems() {
    store().create(sample);
    store().setState(sample.id(), 1, State.FAILED, List.of(Samples.PROBLEM), LATER);
    Compilation found = store().find(sample.id()).orElseThrow();
    assertThat(found.state()).isEqualTo(State.FAILED);
    assertThat(found.problems()).containsExactly(Samples.PROBLEM);
  }

  @Test
  void refusesWritesOfAnEarlierAttempt() {
    store().create(sample);
    assertThat(store().restart(sample.id(), 1, LATER)).isTrue();
    var status = TargetStatus.running("host", "read", 5);
    assertThat(store().setTarget(sample.id(), 1, status, LATER)).isFalse();
    assertThat(store().setState(sample.id(), 1, State.DONE, List.of(), LATER)).isFalse();
    assertThat(store().restart(sample.id(), 1, LATER)).isFalse();
    assertThat(store().setTarget(sample.id(), 2, status, LATER)).isTrue();
  }

  @Test
  void refusesWritesAboutWhatIsNotThere() {
    store().create(sample);
    var stranger = TargetStatus.running("stranger", "read", 5);
    assertThat(store().setTarget(sample.id(), 1, stranger, LATER)).isFalse();
    String gone = Samples.digest("gone").hex();
    assertThat(store().setState(gone, 1, State.DONE, List.of(), LATER)).isFalse();
    assertThat(store().restart(gone, 1, LATER)).isFalse();
  }

  @Test
  void keepsFinishedTargetsOverARestart() {
    store().create(sample);
    var done = TargetStatus.done("host", Samples.artifact("x"));
    var failed = TargetStatus.running("board", "read", 5).failed(List.of(Samples.PROBLEM));
    store().setTarget(sample.id(), 1, done, LATER);
    store().setTarget(sample.id(), 1, failed, LATER);
    store().setState(sample.id(), 1, State.PARTIAL, List.of(Samples.PROBLEM), LATER);
    store().restart(sample.id(), 1, LATER);
    Compilation found = store().find(sample.id()).orElseThrow();
    assertThat(found.attempt()).isEqualTo(2);
    assertThat(found.state()).isEqualTo(State.QUEUED);
    assertThat(found.problems()).isEmpty();
    assertThat(found.targets()).containsExactly(done, TargetStatus.queued("board"));
  }

  @Test
  void pagesFromTheNewestToTheOldest() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Two and two share an instant: the cursor must not lose one of them.
      var at = Samples.NOON.plus(Duration.ofMinutes(i / 2));
      var compilation = Samples.compilation("page " + i, at, "host");
      store().create(compilation);
      newestFirst.addFirst(compilation.id());
    }
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Compilation> page = store().newestFirst(3, cursor);
      assertThat(page.items().size()).isLessThanOrEqualTo(3);
      page.items().forEach(compilation -> seen.add(compilation.id()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(newestFirst);
    assertThat(seen.getFirst()).isEqualTo(newestFirst.getFirst());
    assertThat(seen.getLast()).isIn(newestFirst.subList(5, 7));
  }

  @Test
  void refusesACursorOfSomebodyElse() {
    for (String cursor : List.of("", "x", "1.x", "x." + sample.id())) {
      assertThatThrownBy(() -> store().newestFirst(3, Optional.of(cursor)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void listsWhatIsNotFinished() {
    var second = Samples.compilation("b", LATER, "host");
    var third = Samples.compilation("c", LATER.plusSeconds(1), "host");
    store().create(third);
    store().create(second);
    store().create(sample);
    store().setState(second.id(), 1, State.DONE, List.of(), LATER);
    store().setState(sample.id(), 1, State.RUNNING, List.of(), LATER);
    assertThat(store().unfinished())
        .extracting(Compilation::id)
        .containsExactly(sample.id(), third.id());
  }

  @Test
  void cancelsWhatIsNotFinished() {
    store().create(sample);
    var done = TargetStatus.done("host", Samples.artifact("x"));
    store().setTarget(sample.id(), 1, done, LATER);
    store().setState(sample.id(), 1, State.RUNNING, List.of(), LATER);
    assertThat(store().cancel(sample.id(), 1, LATER)).isTrue();
    Compilation found = store().find(sample.id()).orElseThrow();
    assertThat(found.state()).isEqualTo(State.CANCELLED);
    assertThat(found.target("host")).contains(done);
    assertThat(found.target("board").orElseThrow().state()).isEqualTo(State.CANCELLED);
    assertThat(store().unfinished()).isEmpty();
    // What the attempt still writes does not count.
    assertThat(store().setState(sample.id(), 1, State.DONE, List.of(), LATER)).isFalse();
    assertThat(store().cancel(sample.id(), found.attempt(), LATER)).isFalse();
    assertThat(store().restart(sample.id(), found.attempt(), LATER)).isTrue();
    assertThat(store().find(sample.id()).orElseThrow().target("board"))
        .contains(TargetStatus.queued("board"));
  }

  @Test
  void cancelsNothingThatIsFinished() {
    store().create(sample);
    store().setState(sample.id(), 1, State.PARTIAL, List.of(), LATER);
    assertThat(store().cancel(sample.id(), 1, LATER)).isFalse();
    assertThat(store().cancel(Samples.digest("gone").hex(), 1, LATER)).isFalse();
  }

  @Test
  void deletesOnce() {
    store().create(sample);
    assertThat(store().delete(sample.id())).isEqualTo(NOTHING_DOOMED);
    assertThat(store().delete(sample.id())).isEqualTo(new Deletion.Unknown());
    assertThat(store().find(sample.id())).isEmpty();
  }

  @Test
  void goesOnCountingAttemptsAfterADeletion() {
    store().create(sample);
    store().restart(sample.id(), 1, LATER);
    store().delete(sample.id());
    assertThat(store().create(sample)).isTrue();
    assertThat(store().find(sample.id()).orElseThrow().attempt()).isEqualTo(3);
    assertThat(store().setState(sample.id(), 2, State.DONE, List.of(), LATER)).isFalse();
  }

  @Test
  void keepsWhatAGroupRunsOrWouldReturnTo() {
    var second = Samples.compilation("b", LATER, "host");
    store().create(sample);
    store().create(second);
    Deployment first = Samples.deployment("lobby", sample.id());
    deployments().write(first);
    assertThat(store().delete(sample.id())).isEqualTo(new Deletion.Deployed(List.of("lobby")));
    Deployment next = Samples.deploymentAfter(first, second.id());
    deployments().write(next);
    assertThat(store().delete(sample.id())).isEqualTo(new Deletion.Deployed(List.of("lobby")));
    assertThat(store().delete(second.id())).isEqualTo(new Deletion.Deployed(List.of("lobby")));
    deployments().write(next.enter(Phase.HALTED, "ill", LATER));
    assertThat(store().delete(sample.id())).isEqualTo(new Deletion.Deployed(List.of("lobby")));
    assertThat(store().delete(second.id())).isEqualTo(NOTHING_DOOMED);
  }

  private static final Deletion NOTHING_DOOMED = new Deletion.Deleted(List.of());

  @Test
  void doomsABundleWithTheLastCompilationThatUsesIt() {
    var second = Samples.compilation("b", LATER, "host");
    store().create(sample);
    store().create(second);
    var shared = Samples.digest("shared");
    var own = Samples.digest("own");
    assertThat(store().useBundle(sample.id(), 1, shared)).isTrue();
    assertThat(store().useBundle(sample.id(), 1, shared)).isTrue();
    assertThat(store().useBundle(sample.id(), 1, own)).isTrue();
    assertThat(store().useBundle(second.id(), 1, shared)).isTrue();
    assertThat(store().delete(sample.id())).isEqualTo(new Deletion.Deleted(List.of(own)));
    assertThat(store().delete(second.id())).isEqualTo(new Deletion.Deleted(List.of(shared)));
  }

  @Test
  void letsNobodyUseABundleThatIsBeingDeleted() {
    var second = Samples.compilation("b", LATER, "host");
    store().create(sample);
    store().create(second);
    var bundle = Samples.digest("bundle");
    store().useBundle(sample.id(), 1, bundle);
    store().delete(sample.id());
    assertThat(store().doomedBundles()).containsExactly(bundle);
    assertThat(store().useBundle(second.id(), 1, bundle)).isFalse();
    store().forgetBundle(bundle);
    assertThat(store().doomedBundles()).isEmpty();
    assertThat(store().useBundle(second.id(), 2, bundle)).isFalse();
    assertThat(store().useBundle(second.id(), 1, bundle)).isTrue();
  }
}
