package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Compilations as items. Beside what a [Compilation] has, an item tells the bundles that it uses
/// (`bundles`), the groups that run it or would return to it (`groups`), and counts the changes of
/// its targets and bundles (`revision`). What is left of a deleted one is `gone`.
final class CompilationItems {
  static final String ALL = "compilation";

  /// Together an item's limit: up to forty targets with problems of their own.
  private static final int MOST_PROBLEM_BYTES = 120_000;

  private static final int MOST_PROBLEM_BYTES_OF_A_TARGET = 6_000;

  private CompilationItems() {}

  static Item key(String id) {
    return Item.of("id", id);
  }

  static Item item(Compilation compilation, int attempt) {
    Item item =
        key(compilation.id())
            .with("attempt", attempt)
            .with("name", compilation.name())
            .with("model", compilation.model().hex())
            .with("manifest", compilation.manifest().hex())
            .with("compiler", compilation.compiler().hex())
            .with("state", compilation.state().word())
            .with("createdAt", compilation.createdAt())
            .with("updatedAt", compilation.updatedAt())
            .with("problems", problems(compilation.problems()))
            .with("revision", 1)
            .with("list", ALL)
            .with("age", Ages.oldestFirst(compilation.createdAt(), compilation.id()))
            .with(
                "order",
                Item.texts(compilation.targets().stream().map(TargetStatus::target).toList()))
            .with("targets", targets(compilation.targets()));
    return compilation.state().isFinal() ? item : item.with("open", ALL);
  }

  /// What is left of a deleted compilation.
  static Item tombstone(Item deleted) {
    return key(deleted.textOf("id"))
        .with("attempt", deleted.numberOf("attempt"))
        .with("gone", "gone");
  }

  static boolean isGone(Item item) {
    return item.has("gone");
  }

  static AttributeValue targets(List<TargetStatus> targets) {
    Map<String, AttributeValue> all = new LinkedHashMap<>();
    targets.forEach(target -> all.put(target.target(), target(target)));
    return AttributeValue.fromM(all);
  }

  static AttributeValue target(TargetStatus status) {
    List<ServiceProblem> kept =
        ServiceProblem.first(status.problems(), MOST_PROBLEM_BYTES_OF_A_TARGET);
    Item item =
        Item.of("state", status.state().word())
            .with("stage", status.stage())
            .with("percent", status.percent())
            .with("problems", Json.text(ServiceProblem.toJson(kept)));
    return status
        .artifact()
        .map(artifact ->
            item.with("fileName", artifact.fileName())
                .with("digest", artifact.digest().hex())
                .with("bytes", artifact.bytes())
                .with("verified", artifact.verified().name()))
        .orElse(item)
        .asValue();
  }

  static String problems(List<ServiceProblem> problems) {
    return Json.text(ServiceProblem.toJson(ServiceProblem.first(problems, MOST_PROBLEM_BYTES)));
  }

  static Compilation compilation(Item item) {
    return new Compilation(
        item.textOf("id"),
        item.intOf("attempt"),
        item.textOf("name"),
        new Digest(item.textOf("model")),
        new Digest(item.textOf("manifest")),
        new Digest(item.textOf("compiler")),
        State.ofWord(item.textOf("state")),
        item.instantOf("createdAt"),
        item.instantOf("updatedAt"),
        problems(item),
        item.textsOf("order").stream().map(id -> target(id, item.part("targets", id))).toList());
  }

  private static TargetStatus target(String id, Item item) {
    State state = State.ofWord(item.textOf("state"));
    return new TargetStatus(
        id,
        state,
        item.textOf("stage"),
        item.intOf("percent"),
        problems(item),
        state == State.DONE ? Optional.of(artifact(item)) : Optional.empty());
  }

  private static Artifact artifact(Item item) {
    return new Artifact(
        item.textOf("fileName"),
        new Digest(item.textOf("digest")),
        item.numberOf("bytes"),
        Artifact.Verification.valueOf(item.textOf("verified")));
  }

  private static List<ServiceProblem> problems(Item item) {
    return ServiceProblem.listFromJson(Json.trusted(item.textOf("problems")));
  }
}
