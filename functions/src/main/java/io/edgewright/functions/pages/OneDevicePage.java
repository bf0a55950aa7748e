package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A device: what it should run, whether it does, and what it reported.
public final class OneDevicePage {
  private final View view;
  private final Moment moment;

  private OneDevicePage(View view) {
    this.view = view;
    moment = new Moment(view.now());
  }

  /// @param deployed what the device's group should run
  /// @param reports newest first
  public record View(
      Device device, Optional<Compilation> deployed, List<Report> reports, Instant now) {
    public View {
      reports = List.copyOf(reports);
    }
  }

  public static String html(View view) {
    String name = view.device().name().isBlank() ? "Unnamed device" : view.device().name();
    return Frame.forOperators(name, Frame.Place.DEVICES)
        .html(page -> new OneDevicePage(view).write(page, name));
  }

  private void write(Markup page, String name) {
    Device device = view.device();
    page.tags("<p class=\"up\"><a href=\"/devices\">Devices</a></p>").element("h1", name);
    view.device()
        .revokedAt()
        .ifPresent(at -> {
          page.tags("<p class=\"why\">An operator shut it out ");
          moment.ago(page, at);
          page.tags(": no request of it is served.</p>");
        });
    facts(page, device);
    page.tags("<h2>Reports</h2>");
    reports(page);
    identity(page, device);
  }

  private void facts(Markup page, Device device) {
    page.tags("<dl class=\"totals\">");
    fact(page, "Target", device.target());
    fact(page, "Group", device.group());
    page.tags("<div><dt>Enrolled</dt><dd>");
    moment.ago(page, device.enrolledAt());
    page.tags("</dd></div><div><dt>Should run</dt><dd>");
    view.deployed()
        .ifPresentOrElse(
            compilation ->
                Fragments.link(page, Fragments.compilation(compilation.id()), compilation.name()),
            () -> page.text("nothing yet"));
    page.tags("</dd></div>");
    fact(page, "Runs it", runs());
    page.tags("</dl>");
  }

  private static void identity(Markup page, Device device) {
    page.tags("<details class=\"card\"><summary>Identity</summary><dl class=\"facts\">")
        .element("dt", "Key")
        .element("dd", device.key().id());
    if (!device.key().id().equals(device.id())) {
      page.element("dt", "Enrolled with").element("dd", device.id());
    }
    if (!device.features().isEmpty()) {
      page.element("dt", "Processor").element("dd", String.join(" ", device.features()));
    }
    page.tags("</dl></details>");
  }

  private static void fact(Markup page, String name, String text) {
    page.tags("<div>").element("dt", name).element("dd", text).tags("</div>");
  }

  /// By the last report that names a bundle: only what was activated runs.
  private String runs() {
    Optional<Digest> wanted =
        view.deployed()
            .flatMap(compilation -> compilation.target(view.device().target()))
            .flatMap(target -> target.artifact())
            .map(Artifact::digest);
    if (wanted.isEmpty()) {
      return "nothing for this target";
    }
    return view.reports().stream()
        .map(report -> Json.trusted(report.body()))
        .filter(report -> report.path("bundle").asText().equals(wanted.get().toString()))
        .map(report -> report.path("event").asText())
        .findFirst()
        .map(event -> event.equals("activated") ? "yes" : "no, " + event)
        .orElse("not reported yet");
  }

  private void reports(Markup page) {
    if (view.reports().isEmpty()) {
      page.tags("<p class=\"empty\">It has not reported yet.</p>");
      return;
    }
    page.tags("<ol class=\"rows\">");
    for (Report report : view.reports()) {
      DeviceReport said = DeviceReport.of(report);
      page.tags("<li><div class=\"head\"><h3>");
      moment.ago(page, report.at());
      page.tags("</h3>");
      said.badge(page);
      page.tags("</div>");
      said.because(page);
      said.figures(page);
      page.tags("</li>");
    }
    page.tags("</ol>");
  }
}
