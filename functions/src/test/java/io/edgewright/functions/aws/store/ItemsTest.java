package io.edgewright.functions.aws.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemsTest {
  private static Compilation full(int targets) {
    var problems = Collections.nCopies(10_000, Samples.PROBLEM);
    Compilation sample = Samples.compilation("a", Samples.NOON);
    return new Compilation(
        sample.id(),
        3,
        sample.name(),
        sample.model(),
        sample.manifest(),
        sample.compiler(),
        State.FAILED,
        Samples.NOON,
        Samples.NOON.plusSeconds(1),
        problems,
        IntStream.range(0, targets)
            .mapToObj(i -> TargetStatus.running("target-" + i, "read", 5).failed(problems))
            .toList());
  }

  @Test
  void holdACompilationWithMoreProblemsThanFit() {
    Item item = CompilationItems.item(full(40), 3);
    assertThat(item.bytes()).isLessThan(Table.MOST_ITEM_BYTES);
    Compilation read = CompilationItems.compilation(item);
    assertThat(read.problems().getFirst()).isEqualTo(Samples.PROBLEM);
    assertThat(read.problems().getLast().code()).isEqualTo("EW-4055");
    assertThat(read.problems().getLast().seen())
        .isEqualTo(10_001 - read.problems().size() + " more problems");
    assertThat(read.targets())
        .hasSize(40)
        .allMatch(target -> target.problems().getLast().code().equals("EW-4055"));
  }

  @Test
  void giveBackACompilation() {
    Compilation sample = Samples.compilation("a", Samples.NOON, "b", "a", "c");
    assertThat(CompilationItems.compilation(CompilationItems.item(sample, 1))).isEqualTo(sample);
  }

  @Test
  void areListedAsUnfinishedOnlyWhileTheyAre() {
    assertThat(CompilationItems.item(full(1), 3).has("open")).isFalse();
    assertThat(CompilationItems.item(Samples.compilation("a", Samples.NOON), 1).has("open"))
        .isTrue();
  }

  @Test
  void sortByTime() {
    Instant early = Instant.ofEpochMilli(999);
    Instant late = Instant.ofEpochMilli(1_000_000_000_000L);
    assertThat(Ages.oldestFirst(early, "z")).isLessThan(Ages.oldestFirst(late, "a"));
    assertThat(Ages.newestFirst(late, "z")).isLessThan(Ages.newestFirst(early, "a"));
    assertThat(Ages.oldestFirst(late, "a")).isLessThan(Ages.oldestFirst(late, "b"));
  }

  @Test
  void countTheirBytes() {
    Item item =
        Item.of("id", "0123456789")
            .with("list", Item.texts(List.of("abc", "de")))
            .with("map", AttributeValue.fromM(Item.of("x", "12345").attributes()));
    assertThat(item.bytes()).isBetween(40L, 60L);
    assertThat(item.with("body", "x".repeat(1000)).bytes() - item.bytes()).isBetween(1000L, 1010L);
  }

  @Test
  void areRefusedWithAReasonWhenTheyAreTooLarge() {
    Table table = new Table(new AwsServer(URI.create("http://127.0.0.1:1")).dynamo(), "t");
    Item large = Item.of("id", "x".repeat(400_000));
    assertThatThrownBy(() -> table.put(large))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.problems().getFirst().code()).isEqualTo("EW-4004"));
  }

  @Test
  void arePackedAndUnpacked() {
    String text = "{\"a\":\"ü\"}".repeat(1000);
    assertThat(Packed.text(Packed.bytes(text))).isEqualTo(text);
    assertThat(Packed.bytes(text).length).isLessThan(text.length() / 10);
  }

  @Test
  void areAskedForByNamesThatMayBeWordsOfTheLanguage() {
    Term term =
        Term.of("SET #targets.#target = :status").naming("target", "x86-64-v3").with("status", 1);
    assertThat(term.names())
        .containsEntry("#targets", "targets")
        .containsEntry("#target", "x86-64-v3")
        .hasSize(2);
    assertThat(term.values()).containsOnlyKeys(":status");
  }
}
