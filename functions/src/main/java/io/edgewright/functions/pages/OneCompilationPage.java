package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.report.Markup;
import io.edgewright.compiler.report.Quantity;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Artifact.Verification;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A compilation: how far each target is, what it made, and what is in the way.
public final class OneCompilationPage {
  private final View view;
  private final Compilation compilation;
  private final Moment moment;

  private OneCompilationPage(View view) {
    this.view = view;
    compilation = view.compilation();
    moment = new Moment(view.now());
  }

  /// @param groups that run it
  /// @param manifest as it was normalised
  public record View(Compilation compilation, List<String> groups, JsonNode manifest, Instant now) {
    public View {
      groups = List.copyOf(groups);
    }
  }

  public static String html(View view) {
    return Frame.forOperators(view.compilation().name(), Frame.Place.COMPILATIONS)
        .running(!view.compilation().state().isFinal())
        .html(new OneCompilationPage(view)::write);
  }

  private void write(Markup page) {
    boolean runs = !compilation.state().isFinal();
    page.tags("<p class=\"up\"><a href=\"/\">Compilations</a></p>");
    page.tags("<p id=\"status\" role=\"status\" class=\"heard\">").text(status()).tags("</p>");
    page.tags("<div id=\"live\"" + (runs ? " data-running" : "") + "><div class=\"head\">");
    page.element("h1", compilation.name());
    Fragments.state(page, compilation.state());
    page.tags("</div>");
    facts(page);
    Fragments.problems(page, compilation.problems());
    page.tags("<div class=\"cards\">");
    compilation.targets().forEach(target -> target(page, target));
    page.tags("</div></div>");
    page.tags("<details class=\"card\"><summary>Manifest</summary>");
    Code.json(page, view.manifest());
    page.tags("</details><details class=\"card\"><summary>Identity</summary>");
    identity(page);
    page.tags("</details>");
  }

  /// What a screen reader says when it changes.
  private String status() {
    return switch (compilation.state()) {
      case QUEUED -> "Waits for its turn.";
      case RUNNING -> "Runs: " + count(State.DONE) + " of " + targets() + " done.";
      case DONE -> "Done.";
      case PARTIAL -> count(State.DONE) + " of " + targets() + " done, the others failed.";
      case FAILED -> "Failed.";
      case CANCELLED -> "Cancelled.";
    };
  }

  private long count(State state) {
    return compilation.targets().stream().filter(target -> target.state() == state).count();
  }

  private String targets() {
    int targets = compilation.targets().size();
    return targets == 1 ? "1 target" : targets + " targets";
  }

  private void facts(Markup page) {
    page.tags("<dl class=\"totals\"><div><dt>Submitted</dt><dd>");
    moment.ago(page, compilation.createdAt());
    page.tags("</dd></div>");
    total(page, "Done", count(State.DONE) + " of " + targets());
    if (compilation.state().isFinal()) {
      Duration took = Duration.between(compilation.createdAt(), compilation.updatedAt());
      total(page, compilation.attempt() == 1 ? "Took" : "Since then", Moment.length(took));
    }
    if (compilation.attempt() > 1) {
      total(page, "Attempts", Integer.toString(compilation.attempt()));
    }
    String groups = String.join(", ", view.groups());
    total(page, "Deployed to", groups.isEmpty() ? "no group" : groups);
    page.tags("</dl>");
  }

  private static void total(Markup page, String name, String figure) {
    page.tags("<div>").element("dt", name).element("dd", figure).tags("</div>");
  }

  private void target(Markup page, TargetStatus target) {
    page.tags("<section class=\"card\"><div class=\"head\">").element("h2", target.target());
    Fragments.state(page, target.state());
    page.tags("</div>");
    switch (target.state()) {
      case QUEUED -> page.tags("<p class=\"quiet\">Waits for a compiler.</p>");
      case RUNNING -> {
        page.element("p", "quiet", target.stage() + ", " + target.percent() + " %");
        Fragments.progress(page, target.percent(), "Progress of " + target.target());
      }
      case DONE -> target.artifact().ifPresent(artifact -> bundle(page, target, artifact));
      case FAILED, PARTIAL, CANCELLED ->
          page.element("p", "quiet", "Ended at " + target.percent() + " %: " + target.stage());
    }
    Fragments.problems(page, target.problems());
    page.tags("</section>");
  }

  private void bundle(Markup page, TargetStatus target, Artifact artifact) {
    String path = "/v1/compilations/" + compilation.id() + "/targets/" + target.target();
    page.tags("<p class=\"actions\"><a class=\"button\"")
        .attribute("href", path + "/bundle")
        .tags(">Download bundle</a> <a class=\"button plain\"")
        .attribute("href", path + "/report")
        .tags(">Report</a></p><p class=\"quiet\">")
        .text(artifact.fileName() + ", " + Quantity.bytes(artifact.bytes()) + ". ")
        .text(verified(artifact.verified()))
        .tags("</p>");
  }

  private static String verified(Verification verification) {
    return switch (verification) {
      case NATIVE -> "Its self-test ran here before it was signed.";
      case EMULATED -> "Its self-test ran under an emulator before it was signed.";
      case DIGESTS ->
          "Nothing here can run it: its digests were checked, the device tests the rest.";
    };
  }

  private void identity(Markup page) {
    page.tags("<dl class=\"facts\">");
    page.element("dt", "Compilation").element("dd", compilation.id());
    page.element("dt", "Model").element("dd", compilation.model().toString());
    page.element("dt", "Manifest").element("dd", compilation.manifest().toString());
    page.element("dt", "Compiler").element("dd", compilation.compiler().toString());
    for (TargetStatus target : compilation.targets()) {
      target
          .artifact()
          .ifPresent(artifact ->
              page.element("dt", "Bundle for " + target.target())
                  .element("dd", artifact.digest().toString()));
    }
    page.tags("</dl>");
  }
}
