package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.device.Rollouts.Standing;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What each group runs, and how far it is on the way to it.
public final class DeploymentsPage {
  private DeploymentsPage() {}

  /// @param name of the compilation
  /// @param standing what canaries reported, where it is known
  public record Shown(Deployment deployment, String name, Optional<Standing> standing) {}

  public static String html(Page<Shown> deployments, Instant now) {
    return Frame.forOperators("Deployments", Frame.Place.DEPLOYMENTS)
        .html(page -> {
          page.tags("<h1>Deployments</h1>");
          rows(page, "h2", deployments.items(), new Moment(now));
          page.tags("<p class=\"pager\">");
          deployments
              .next()
              .ifPresent(next -> Fragments.older(page, "/deployments", next, "More groups"));
          page.tags("</p>");
        });
  }

  /// @param heading the tag of a group
  static void rows(Markup page, String heading, List<Shown> deployments, Moment moment) {
    if (deployments.isEmpty()) {
      page.tags("<p class=\"empty\">Nothing is deployed: ")
          .tags("<a href=\"/docs#deploy\"><code>PUT /v1/deployments/GROUP</code></a> lets the ")
          .tags("devices of a group run a compilation.</p>");
      return;
    }
    page.tags("<ul class=\"rows\">");
    deployments.forEach(shown -> row(page, heading, shown, moment));
    page.tags("</ul>");
  }

  private static void row(Markup page, String heading, Shown shown, Moment moment) {
    Deployment deployment = shown.deployment();
    page.tags("<li><div class=\"head\">").element(heading, deployment.group());
    Fragments.badge(page, kind(deployment), deployment.phase().word());
    page.tags("</div><p>");
    Fragments.link(page, Fragments.compilation(deployment.compilation()), shown.name());
    page.tags(" <span class=\"quiet\">\u00b7 deployed ");
    moment.ago(page, deployment.startedAt());
    page.tags("</span></p>");
    if (deployment.phase() == Deployment.Phase.ROLLING_OUT) {
      rollout(page, deployment, shown.standing());
    }
    if (!deployment.reason().isEmpty()) {
      page.element("p", "why", deployment.reason());
    }
    returned(page, deployment);
    page.tags("</li>");
  }

  private static String kind(Deployment deployment) {
    return switch (deployment.phase()) {
      case ROLLING_OUT -> "running";
      case DONE -> "done";
      case HALTED -> "failed";
      case ROLLED_BACK -> "partial";
    };
  }

  private static void rollout(Markup page, Deployment deployment, Optional<Standing> standing) {
    Fragments.progress(page, deployment.percent(), "Devices that run it in " + deployment.group());
    String stages =
        "Stage %d of %d: %d %% of the devices"
            .formatted(
                deployment.stage() + 1, deployment.rollout().stages().size(), deployment.percent());
    String reports =
        standing
            .map(known ->
                ", %d canaries, %d reported, %d failed"
                    .formatted(known.canaries(), known.tally().reported(), known.tally().failed()))
            .orElse("");
    page.element("p", "quiet", stages + reports + ".");
  }

  /// What the devices run instead, after a roll-out was halted or taken back.
  private static void returned(Markup page, Deployment deployment) {
    if (deployment.everyone().filter(deployment.compilation()::equals).isPresent()) {
      return;
    }
    String who = deployment.canaries().isPresent() ? "The other devices run " : "All devices run ";
    page.tags("<p class=\"quiet\">");
    deployment
        .everyone()
        .ifPresentOrElse(
            before -> {
              page.tags(who);
              Fragments.link(page, Fragments.compilation(before), before.substring(0, 12));
              page.tags(".");
            },
            () -> page.tags(who + "nothing."));
    page.tags("</p>");
  }
}
