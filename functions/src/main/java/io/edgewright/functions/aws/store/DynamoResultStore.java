package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.DeviceResult;
import io.edgewright.functions.core.store.DeviceResult.Kind;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.PageCursor;
import io.edgewright.functions.core.store.ResultStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An item a record. Records of all devices are listed in the order in which they came through an
/// index of several partitions, because one takes a thousand writes a second at most.
///
/// The clocks of those who write differ a little, and an index follows its table a moment later. So
/// that nobody who reads on from a cursor misses a record, the list ends a few seconds ago.
public final class DynamoResultStore implements ResultStore {
  private static final int PARTITIONS = 8;
  private static final int WRITES_AT_ONCE = 8;
  private static final String BEGINNING = "0";
  private static final Pattern PLACE = Pattern.compile("[0-9]{15}/\\S+/[0-9]{19}");

  private final Table results;
  private final Clock clock;
  private final Duration settling;

  /// @param settling how long ago the list of all records ends
  public DynamoResultStore(Tables tables, Clock clock, Duration settling) {
    this.results = tables.table("results");
    this.clock = clock;
    this.settling = settling;
  }

  private static Term ofDevice(String device) {
    return Term.of("#device = :device").with("device", device);
  }

  @Override
  public long add(String device, List<DeviceResult> added, Instant receivedAt) {
    Set<Long> there = added.isEmpty() ? Set.of() : sequences(device, added);
    writeAll(
        added.stream()
            .filter(result -> !there.contains(result.sequence()))
            .<Callable<Table.Outcome>>map(result -> () -> write(result, receivedAt))
            .toList());
    return results
        .search(ofDevice(device))
        .backward()
        .first(1)
        .findFirst()
        .map(item -> item.numberOf("sequence"))
        .orElse(0L);
  }

  /// The numbers between the first and the last of these that are there. Sequences rise.
  private Set<Long> sequences(String device, List<DeviceResult> added) {
    Term between =
        Term.of("#device = :device AND #sequence BETWEEN :first AND :last")
            .with("device", device)
            .with("first", added.getFirst().sequence())
            .with("last", added.getLast().sequence());
    return results
        .search(between)
        .all()
        .map(item -> item.numberOf("sequence"))
        .collect(Collectors.toSet());
  }

  private Table.Outcome write(DeviceResult result, Instant receivedAt) {
    String place = "%s/%019d".formatted(result.device(), result.sequence());
    Item item =
        Item.of("device", result.device())
            .with("sequence", result.sequence())
            .with("shard", shard(Math.floorMod(result.device().hashCode(), PARTITIONS)))
            .with("arrived", Ages.oldestFirst(clock.instant(), place))
            .with("kind", result.kind().name())
            .with("at", result.at())
            .with("model", result.model())
            .with("bundle", result.bundle().hex())
            .with("content", result.content())
            .with("receivedAt", receivedAt);
    return results.put(item, Term.of("attribute_not_exists(#device)"));
  }

  private static String shard(int number) {
    return "results-" + number;
  }

  private static void writeAll(List<Callable<Table.Outcome>> writes) {
    Semaphore turns = new Semaphore(WRITES_AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Table.Outcome>> running =
          writes.stream()
              .map(write ->
                  threads.submit(() -> {
                    turns.acquire();
                    try {
                      return write.call();
                    } finally {
                      turns.release();
                    }
                  }))
              .toList();
      for (Future<Table.Outcome> one : running) {
        // What was refused is there already, and the first record of a number stays.
        var _ = one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing results", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e);
    }
  }

  @Override
  public Page<Received> list(Condition condition, int limit, Optional<String> cursor) {
    String after = cursor.map(DynamoResultStore::place).orElse(BEGINNING);
    List<Item> found =
        searches(condition, after)
            .map(search -> filtered(search, condition))
            .flatMap(search ->
                search.filter().isPresent() ? search.all().limit(limit) : search.first(limit))
            .sorted(Comparator.comparing(item -> item.textOf("arrived")))
            .limit(limit)
            .toList();
    String next = found.isEmpty() ? after : found.getLast().textOf("arrived");
    return new Page<>(
        found.stream().map(DynamoResultStore::received).toList(), Optional.of(PageCursor.of(next)));
  }

  private static String place(String cursor) {
    String place = PageCursor.keys(cursor, 1).getFirst();
    if (!place.equals(BEGINNING) && !PLACE.matcher(place).matches()) {
      throw new IllegalArgumentException("not a cursor: " + cursor);
    }
    return place;
  }

  /// In the one partition of the device, or in all of them.
  private Stream<Search> searches(Condition condition, String after) {
    String end = Ages.oldestFirst(clock.instant().minus(settling).plusMillis(1), "");
    return condition
        .device()
        .map(device -> Stream.of(search("device", device, after, end)))
        .orElseGet(() ->
            IntStream.range(0, PARTITIONS)
                .mapToObj(number -> search("shard", shard(number), after, end)));
  }

  private Search search(String attribute, String partition, String after, String end) {
    Term keys =
        Term.of("#partition = :partition AND #arrived BETWEEN :after AND :end")
            .naming("partition", attribute)
            .with("partition", partition)
            // Sorts behind the place itself and before every other.
            .with("after", after + " ")
            .with("end", end);
    return results.search(keys).in(attribute.equals("device") ? "device" : "arrival");
  }

  private static Search filtered(Search search, Condition condition) {
    String model = condition.model().map(wanted -> "#model = :model").orElse("");
    String kind = condition.kind().map(wanted -> "#kind = :kind").orElse("");
    String text = String.join(model.isEmpty() || kind.isEmpty() ? "" : " AND ", model, kind);
    if (text.isEmpty()) {
      return search;
    }
    Term filter = Term.of(text);
    if (condition.model().isPresent()) {
      filter = filter.with("model", condition.model().get());
    }
    if (condition.kind().isPresent()) {
      filter = filter.with("kind", condition.kind().get().name());
    }
    return search.where(filter);
  }

  private static Received received(Item item) {
    return new Received(
        new DeviceResult(
            item.textOf("device"),
            item.numberOf("sequence"),
            Kind.valueOf(item.textOf("kind")),
            item.instantOf("at"),
            item.textOf("model"),
            new Digest(item.textOf("bundle")),
            item.textOf("content")),
        item.instantOf("receivedAt"));
  }
}
