package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.Deployment.Rollout;
import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.PageCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// One item a group. Each compilation's item names the groups that it must stay for, written in the
/// same transaction, so that a compilation is never deleted under a deployment.
public final class DynamoDeploymentStore implements DeploymentStore {
  private static final String ALL = "deployment";

  /// Long after the last report that a gate may look at.
  private static final Duration OUTCOMES_KEPT = Duration.ofDays(90);

  private final Tables tables;
  private final Table deployments;
  private final Table compilations;
  private final Table outcomes;

  public DynamoDeploymentStore(Tables tables) {
    this.tables = tables;
    this.deployments = tables.table("deployments");
    this.compilations = tables.table("compilations");
    this.outcomes = tables.table("outcomes");
  }

  private static Item key(String group) {
    return Item.of("id", group);
  }

  @Override
  public Optional<Deployment> find(String group) {
    return deployments.get(key(group)).map(DynamoDeploymentStore::deployment);
  }

  @Override
  public Outcome write(Deployment next) {
    Optional<Deployment> before = find(next.group());
    int revision = before.map(Deployment::revision).orElse(0);
    if (revision + 1 != next.revision()) {
      return Outcome.SUPERSEDED;
    }
    Term isNext =
        revision == 0 ? Term.ABSENT : Term.of("#revision = :revision").with("revision", revision);
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(deployments.putting(item(next), isNext));
    writes.addAll(references(before, next));
    Set<Integer> refused = Transaction.write(tables.client(), writes);
    if (refused.isEmpty()) {
      return Outcome.WRITTEN;
    }
    return refused.contains(0) ? Outcome.SUPERSEDED : Outcome.COMPILATION_GONE;
  }

  /// What a group may run, or would after a roll-back.
  private static Set<String> needed(Deployment deployment) {
    Set<String> needed = new LinkedHashSet<>();
    deployment.previous().ifPresent(needed::add);
    if (deployment.phase() == Phase.ROLLING_OUT || deployment.phase() == Phase.DONE) {
      needed.add(deployment.compilation());
    }
    return needed;
  }

  private List<TransactWriteItem> references(Optional<Deployment> before, Deployment next) {
    Set<String> needed = needed(next);
    Set<String> all = new LinkedHashSet<>(needed);
    all.add(next.compilation());
    before.map(DynamoDeploymentStore::needed).ifPresent(all::addAll);
    return all.stream()
        .map(compilation ->
            compilations.updating(
                CompilationItems.key(compilation),
                Term.of((needed.contains(compilation) ? "ADD" : "DELETE") + " #groups :group")
                    .with("group", Item.set(next.group())),
                Term.of("attribute_exists(#id) AND attribute_not_exists(#gone)")))
        .toList();
  }

  @Override
  public Page<Deployment> byGroup(int limit, Optional<String> cursor) {
    Term keys =
        cursor
            .map(text -> PageCursor.keys(text, 1).getFirst())
            .map(after -> Term.of("#list = :list AND #id > :after").with("after", after))
            .orElse(Term.of("#list = :list"))
            .with("list", ALL);
    return PageCursor.page(
        load(deployments.search(keys).in("groups").first(limit + 1)),
        limit,
        last -> PageCursor.of(last.group()));
  }

  @Override
  public List<Deployment> rollingOut() {
    Term keys = Term.of("#rolling = :rolling").with("rolling", ALL);
    return load(deployments.search(keys).in("rolling-out").all()).stream()
        .filter(deployment -> deployment.phase() == Phase.ROLLING_OUT)
        .toList();
  }

  private List<Deployment> load(Stream<Item> found) {
    return deployments.getAll(found.map(item -> key(item.textOf("id"))).toList()).stream()
        .map(DynamoDeploymentStore::deployment)
        .toList();
  }

  @Override
  public List<String> groupsOf(String compilation) {
    return compilations
        .get(CompilationItems.key(compilation))
        .map(item -> item.setOf("groups").stream().sorted().toList())
        .orElse(List.of());
  }

  @Override
  public void note(Deployment deployment, String device, boolean good, Instant at) {
    outcomes.put(
        Item.of("deployment", deployment.name())
            .with("device", device)
            .with("outcome", good ? "good" : "failed")
            .with("at", at)
            .expiring(at.plus(OUTCOMES_KEPT)));
  }

  /// Numbers of deployments are never used again, so what an earlier one left needs no deletion.
  @Override
  public Tally tally(Deployment deployment, Instant since) {
    if (find(deployment.group()).filter(now -> now.number() == deployment.number()).isEmpty()) {
      return new Tally(0, 0);
    }
    Search search =
        outcomes
            .search(Term.of("#deployment = :deployment").with("deployment", deployment.name()))
            .where(Term.of("#at >= :since").with("since", since));
    var counts =
        search
            .all()
            .collect(
                Collectors.partitioningBy(
                    item -> item.textOf("outcome").equals("failed"), Collectors.counting()));
    int failed = counts.getOrDefault(true, 0L).intValue();
    return new Tally(failed + counts.getOrDefault(false, 0L).intValue(), failed);
  }

  private static Item item(Deployment deployment) {
    Gate gate = deployment.rollout().gate();
    Item item =
        key(deployment.group())
            .with("list", ALL)
            .with("number", deployment.number())
            .with("compilation", deployment.compilation())
            .with("stages", stages(deployment.rollout()))
            .with("mostFailedPercent", gate.mostFailedPercent())
            .with("leastReports", gate.leastReports())
            .with("observationMillis", gate.observation().toMillis())
            .with("phase", deployment.phase().word())
            .with("stage", deployment.stage())
            .with("startedAt", deployment.startedAt())
            .with("since", deployment.since())
            .with("reason", deployment.reason())
            .with("revision", deployment.revision());
    Item whole =
        deployment.previous().map(previous -> item.with("previous", previous)).orElse(item);
    return deployment.phase() == Phase.ROLLING_OUT ? whole.with("rolling", ALL) : whole;
  }

  private static AttributeValue stages(Rollout rollout) {
    return AttributeValue.fromL(rollout.stages().stream().map(Item::number).toList());
  }

  private static Deployment deployment(Item item) {
    return new Deployment(
        item.textOf("id"),
        item.intOf("number"),
        item.textOf("compilation"),
        item.maybe("previous"),
        new Rollout(
            item.value("stages").l().stream().map(stage -> Integer.valueOf(stage.n())).toList(),
            new Gate(
                item.intOf("mostFailedPercent"),
                item.intOf("leastReports"),
                Duration.ofMillis(item.numberOf("observationMillis")))),
        Phase.ofWord(item.textOf("phase")),
        item.intOf("stage"),
        item.instantOf("startedAt"),
        item.instantOf("since"),
        item.textOf("reason"),
        item.intOf("revision"));
  }
}
