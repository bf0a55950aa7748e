package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.device.DeviceRegister.Entry;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Inspector.KnownTarget;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.pages.DeploymentsPage.Shown;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What is compiled, what runs, what failed and why; a form for the next model; deployments and
/// devices beside it.
public final class ConsolePage {
  private final View view;
  private final Moment moment;

  private ConsolePage(View view) {
    this.view = view;
    moment = new Moment(view.now());
  }

  /// @param isBeginning whether these are the newest compilations
  /// @param targets that a manifest can name
  /// @param deployments the first ones
  /// @param devices the newest ones
  public record View(
      Page<Compilation> compilations,
      boolean isBeginning,
      List<KnownTarget> targets,
      List<Shown> deployments,
      List<Entry> devices,
      Instant now) {
    public View {
      targets = List.copyOf(targets);
      deployments = List.copyOf(deployments);
      devices = List.copyOf(devices);
    }

    private long running() {
      return compilations.items().stream()
          .filter(compilation -> !compilation.state().isFinal())
          .count();
    }
  }

  public static String html(View view) {
    return Frame.forOperators("Compilations", Frame.Place.COMPILATIONS)
        .html(new ConsolePage(view)::write);
  }

  private void write(Markup page) {
    page.tags("<h1>Compilations</h1>");
    if (view.isBeginning()) {
      CompileForm.write(page, view.targets(), view.compilations().items().isEmpty());
    }
    page.tags("<p id=\"status\" role=\"status\" class=\"quiet\">")
        .text(view.running() == 0 ? "" : view.running() + " running")
        .tags("</p><div id=\"live\"" + (view.running() > 0 ? " data-running" : "") + ">");
    compilations(page);
    page.tags("</div>");
    pager(page);
    if (view.isBeginning()) {
      page.tags("<h2>Deployments</h2>");
      DeploymentsPage.rows(page, "h3", view.deployments(), moment);
      page.tags("<p><a href=\"/deployments\">All deployments</a></p><h2>Devices</h2>");
      DevicesPage.rows(page, "h3", view.devices(), moment);
      page.tags("<p><a href=\"/devices\">All devices</a></p>");
    }
  }

  private void compilations(Markup page) {
    if (view.compilations().items().isEmpty()) {
      page.tags("<p class=\"empty\">Nothing was compiled yet: choose a model above.</p>");
      return;
    }
    page.tags("<ul class=\"rows\">");
    view.compilations().items().forEach(compilation -> row(page, compilation));
    page.tags("</ul>");
  }

  private void row(Markup page, Compilation compilation) {
    List<TargetStatus> targets = compilation.targets();
    long done = targets.stream().filter(target -> target.state() == State.DONE).count();
    page.tags("<li><div class=\"head\"><h2>");
    Fragments.link(page, Fragments.compilation(compilation.id()), compilation.name());
    page.tags("</h2>");
    Fragments.state(page, compilation.state());
    page.tags("</div><p class=\"quiet\">")
        .text(done + " of " + targets.size() + (targets.size() == 1 ? " target" : " targets"))
        .tags(" \u00b7 ");
    moment.ago(page, compilation.createdAt());
    page.tags(" \u00b7 ");
    Fragments.digest(page, compilation.id());
    page.tags("</p>");
    if (!compilation.state().isFinal()) {
      int percent = (int) targets.stream().mapToInt(TargetStatus::percent).average().orElse(0);
      Fragments.progress(page, percent, "Progress of " + compilation.name());
    }
    page.tags("<ul class=\"chips\">");
    targets.forEach(target -> page.element("li", target.state().word(), target.target()));
    page.tags("</ul>");
    Fragments.because(page, problems(compilation));
    page.tags("</li>");
  }

  /// Of all targets, each with the target's name.
  private static List<ServiceProblem> problems(Compilation compilation) {
    return Stream.concat(
            compilation.problems().stream(),
            compilation.targets().stream()
                .flatMap(target ->
                    target.problems().stream().map(problem -> of(target.target(), problem))))
        .toList();
  }

  private static ServiceProblem of(String target, ServiceProblem problem) {
    return new ServiceProblem(
        problem.code(),
        problem.blame(),
        target + ", " + problem.where(),
        problem.seen(),
        problem.allowed(),
        problem.hint());
  }

  private void pager(Markup page) {
    page.tags("<p class=\"pager\">");
    if (!view.isBeginning()) {
      page.tags("<a href=\"/\">Newest</a>");
    }
    view.compilations()
        .next()
        .ifPresent(next -> Fragments.older(page, "/", next, "Older compilations"));
    page.tags("</p>");
  }
}
