package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Which compilations use a bundle. Without a user a bundle is doomed: nobody can use it until its
/// objects are deleted and it is forgotten.
final class BundleUses {
  private static final String DOOMED = "doomed";

  private final Table bundles;
  private final Clock clock;
  private final Duration patience;

  /// @param patience how long whoever doomed a bundle may take to delete its objects
  BundleUses(Tables tables, Clock clock, Duration patience) {
    this.bundles = tables.table("bundles");
    this.clock = clock;
    this.patience = patience;
  }

  private static Item key(String bundle) {
    return Item.of("id", bundle);
  }

  TransactWriteItem using(String bundle, String compilation) {
    return bundles.updating(
        key(bundle),
        Term.of("ADD #users :user").with("user", Item.set(compilation)),
        Term.of("attribute_not_exists(#doomed)"));
  }

  /// @param writes what takes the compilation out of the users, if they are still the same
  /// @param doomed those of the bundles that nobody else uses
  record Leaving(List<TransactWriteItem> writes, List<Digest> doomed) {}

  Leaving leaving(String compilation, Set<String> used) {
    List<TransactWriteItem> writes = new ArrayList<>();
    List<Digest> doomed = new ArrayList<>();
    for (Item item : bundles.getAll(used.stream().sorted().map(BundleUses::key).toList())) {
      Item key = key(item.textOf("id"));
      if (item.setOf("users").equals(Set.of(compilation))) {
        doomed.add(new Digest(item.textOf("id")));
        writes.add(
            bundles.updating(
                key,
                Term.of("SET #doomed = :doomed, #since = :now REMOVE #users")
                    .with("doomed", DOOMED)
                    .with("now", clock.instant()),
                Term.of("#users = :mine").with("mine", Item.set(compilation))));
      } else {
        writes.add(
            bundles.updating(
                key,
                Term.of("DELETE #users :mine").with("mine", Item.set(compilation)),
                Term.of("size(#users) > :one").with("one", 1)));
      }
    }
    return new Leaving(writes, doomed);
  }

  /// Those that nobody else is about to delete any more.
  List<Digest> doomed() {
    Instant before = clock.instant().minus(patience);
    Term keys = Term.of("#doomed = :doomed").with("doomed", DOOMED);
    List<Item> found =
        bundles.search(keys).in("doomed").all().map(item -> key(item.textOf("id"))).toList();
    return bundles.getAll(found).stream()
        .filter(item -> item.has(DOOMED) && !item.instantOf("since").isAfter(before))
        .map(item -> new Digest(item.textOf("id")))
        .toList();
  }

  void forget(Digest bundle) {
    // Where it is forgotten already, and used again, it stays.
    var _ = bundles.delete(key(bundle.hex()), Term.of("attribute_exists(#doomed)"));
  }
}
