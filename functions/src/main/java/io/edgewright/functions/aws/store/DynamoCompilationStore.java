package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.PageCursor;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// One item a compilation: every write is conditional on the attempt in it, so one write is atomic
/// with its fence.
public final class DynamoCompilationStore implements CompilationStore {
  private static final String FENCE = "#attempt = :attempt AND attribute_not_exists(#gone)";

  private final Tables tables;
  private final Table compilations;
  private final BundleUses bundles;

  /// @param patience how long whoever deletes a compilation may take to delete its bundles; after
  ///   that they are listed as doomed, for somebody else to go on
  public DynamoCompilationStore(Tables tables, Clock clock, Duration patience) {
    this.tables = tables;
    this.compilations = tables.table("compilations");
    this.bundles = new BundleUses(tables, clock, patience);
  }

  private static Term fence(int attempt) {
    return Term.of(FENCE).with("attempt", attempt);
  }

  @Override
  public boolean create(Compilation compilation) {
    Mark mark = Mark.fresh();
    for (Optional<Item> there = get(compilation.id()); ; there = get(compilation.id())) {
      if (there.isPresent() && !CompilationItems.isGone(there.get())) {
        return mark.isOn(there.get());
      }
      int attempt = 1 + there.map(gone -> gone.intOf("attempt")).orElse(0);
      Term free =
          there.isEmpty()
              ? Term.ABSENT
              : Term.of("attribute_exists(#gone) AND #attempt = :attempt")
                  .with("attempt", attempt - 1);
      Item item = mark.on(CompilationItems.item(compilation, attempt));
      if (compilations.put(item, free).isWritten()) {
        return true;
      }
    }
  }

  private Optional<Item> get(String id) {
    return compilations.get(CompilationItems.key(id));
  }

  private Optional<Item> getPresent(String id) {
    return get(id).filter(item -> !CompilationItems.isGone(item));
  }

  @Override
  public Optional<Compilation> find(String id) {
    return getPresent(id).map(CompilationItems::compilation);
  }

  @Override
  public Page<Compilation> newestFirst(int limit, Optional<String> cursor) {
    Term keys =
        cursor
            .map(text -> PageCursor.keys(text, 2))
            .map(after ->
                Term.of("#list = :list AND #age < :age")
                    .with(
                        "age",
                        Ages.oldestFirst(
                            Instant.ofEpochMilli(Long.parseLong(after.getFirst())),
                            after.getLast())))
            .orElse(Term.of("#list = :list"))
            .with("list", CompilationItems.ALL);
    List<Item> found = compilations.search(keys).in("newest").backward().first(limit + 1).toList();
    // By what the index says: some of it may be deleted meanwhile, and more still follow.
    Page<Item> page =
        PageCursor.page(
            found,
            limit,
            last -> PageCursor.of(Ages.millis(last.textOf("age")), last.textOf("id")));
    return new Page<>(load(page.items().stream()), page.next());
  }

  @Override
  public List<Compilation> unfinished() {
    Term keys = Term.of("#open = :open").with("open", CompilationItems.ALL);
    return load(compilations.search(keys).in("unfinished").all()).stream()
        .filter(compilation -> !compilation.state().isFinal())
        .toList();
  }

  /// An index may be behind its table, so it is only asked which items to read.
  private List<Compilation> load(Stream<Item> found) {
    List<Item> keys = found.map(item -> CompilationItems.key(item.textOf("id"))).toList();
    return compilations.getAll(keys).stream()
        .filter(item -> !CompilationItems.isGone(item))
        .map(CompilationItems::compilation)
        .toList();
  }

  @Override
  public boolean setState(
      String id, int attempt, State state, List<ServiceProblem> problems, Instant at) {
    String change = "SET #state = :state, #problems = :problems, #updatedAt = :at";
    Term update =
        Term.of(change + (state.isFinal() ? " REMOVE #open" : ", #open = :open"))
            .with("state", state.word())
            .with("problems", CompilationItems.problems(problems))
            .with("at", at);
    return compilations
        .update(
            CompilationItems.key(id),
            state.isFinal() ? update : update.with("open", CompilationItems.ALL),
            fence(attempt))
        .isWritten();
  }

  @Override
  public boolean setTarget(String id, int attempt, TargetStatus status, Instant at) {
    Term update =
        Term.of("SET #targets.#target = :status, #updatedAt = :at ADD #revision :one")
            .naming("target", status.target())
            .with("status", CompilationItems.target(status))
            .with("at", at)
            .with("one", 1);
    Term known =
        Term.of(
                FENCE
                    + " AND attribute_exists(#targets.#target)"
                    + " AND (#targets.#target.#state <> :done OR #targets.#target.#digest = :bundle)")
            .naming("target", status.target())
            .with("attempt", attempt)
            .with("done", State.DONE.word())
            .with("bundle", status.artifact().map(artifact -> artifact.digest().hex()).orElse(""));
    return compilations.update(CompilationItems.key(id), update, known).isWritten();
  }

  @Override
  public boolean restart(String id, int attempt, Instant at) {
    return raise(id, attempt, before -> Optional.of(next(before, State.QUEUED, List.of(), at)));
  }

  @Override
  public boolean cancel(String id, int attempt, Instant at) {
    return raise(
        id,
        attempt,
        before ->
            before.state().isFinal()
                ? Optional.empty()
                : Optional.of(next(before, State.CANCELLED, before.problems(), at)));
  }

  /// The same compilation in its next attempt, which is queued or cancelled.
  private static Compilation next(
      Compilation before, State state, List<ServiceProblem> problems, Instant at) {
    return new Compilation(
        before.id(),
        before.attempt() + 1,
        before.name(),
        before.model(),
        before.manifest(),
        before.compiler(),
        state,
        before.createdAt(),
        at,
        problems,
        before.targets().stream().map(target -> next(target, state)).toList());
  }

  private static TargetStatus next(TargetStatus before, State state) {
    if (before.state() == State.DONE || (state == State.CANCELLED && before.state().isFinal())) {
      return before;
    }
    return state == State.QUEUED
        ? TargetStatus.queued(before.target())
        : new TargetStatus(
            before.target(),
            state,
            before.stage(),
            before.percent(),
            before.problems(),
            Optional.empty());
  }

  /// Begins the next attempt as `next` wants it, if it does.
  private boolean raise(String id, int attempt, Function<Compilation, Optional<Compilation>> next) {
    Mark mark = Mark.fresh();
    while (true) {
      Optional<Item> there = getPresent(id);
      if (there.filter(mark::isOn).isPresent()) {
        return true;
      }
      Optional<Compilation> wanted =
          there
              .map(CompilationItems::compilation)
              .filter(found -> found.attempt() == attempt)
              .flatMap(next);
      if (wanted.isEmpty()) {
        return false;
      }
      Term unchanged =
          Term.of(FENCE + " AND #revision = :revision AND #state = :before")
              .with("attempt", attempt)
              .with("revision", there.get().numberOf("revision"))
              .with("before", there.get().textOf("state"));
      if (compilations
          .update(CompilationItems.key(id), raising(wanted.get(), mark), unchanged)
          .isWritten()) {
        return true;
      }
    }
  }

  private static Term raising(Compilation next, Mark mark) {
    String open = next.state().isFinal() ? " REMOVE #open" : ", #open = :open";
    Term change =
        Term.of(
                "SET #attempt = :next, #state = :state, #problems = :problems, #updatedAt = :at,"
                    + " #targets = :targets, #by = :by"
                    + open
                    + " ADD #revision :one")
            .with("next", next.attempt())
            .with("state", next.state().word())
            .with("problems", CompilationItems.problems(next.problems()))
            .with("at", next.updatedAt())
            .with("targets", CompilationItems.targets(next.targets()))
            .with("by", mark.text())
            .with("one", 1);
    return next.state().isFinal() ? change : change.with("open", CompilationItems.ALL);
  }

  @Override
  public boolean useBundle(String id, int attempt, Digest bundle) {
    TransactWriteItem mine =
        compilations.updating(
            CompilationItems.key(id),
            Term.of("ADD #bundles :bundle, #revision :one")
                .with("bundle", Item.set(bundle.hex()))
                .with("one", 1),
            fence(attempt));
    return Transaction.write(tables.client(), List.of(mine, bundles.using(bundle.hex(), id)))
        .isEmpty();
  }

  @Override
  public Deletion delete(String id) {
    while (true) {
      Optional<Item> there = getPresent(id);
      if (there.isEmpty()) {
        return new Deletion.Unknown();
      }
      Set<String> groups = there.get().setOf("groups");
      if (!groups.isEmpty()) {
        return new Deletion.Deployed(groups.stream().sorted().toList());
      }
      BundleUses.Leaving leaving = bundles.leaving(id, there.get().setOf("bundles"));
      List<TransactWriteItem> writes = new ArrayList<>(leaving.writes());
      writes.add(
          compilations.putting(CompilationItems.tombstone(there.get()), unchanged(there.get())));
      if (Transaction.write(tables.client(), writes).isEmpty()) {
        return new Deletion.Deleted(leaving.doomed());
      }
    }
  }

  private static Term unchanged(Item item) {
    return Term.of(FENCE + " AND #revision = :revision AND attribute_not_exists(#groups)")
        .with("attempt", item.numberOf("attempt"))
        .with("revision", item.numberOf("revision"));
  }

  @Override
  public List<Digest> doomedBundles() {
    return bundles.doomed();
  }

  @Override
  public void forgetBundle(Digest bundle) {
    bundles.forget(bundle);
  }
}
