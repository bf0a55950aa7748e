package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.device.DeviceRegister.Entry;
import io.edgewright.functions.core.store.Page;
import java.time.Instant;
import java.util.List;

/// Devices with what they said last.
public final class DevicesPage {
  private DevicesPage() {}

  /// @param isBeginning whether these are the devices that enrolled last
  public static String html(Page<Entry> devices, boolean isBeginning, Instant now) {
    return Frame.forOperators("Devices", Frame.Place.DEVICES)
        .html(page -> {
          page.tags("<div class=\"head\"><h1>Devices</h1>")
              .tags("<a href=\"/v1/benchmarks\">Benchmarks</a></div>");
          rows(page, "h2", devices.items(), new Moment(now));
          page.tags("<p class=\"pager\">");
          if (!isBeginning) {
            page.tags("<a href=\"/devices\">Newest</a>");
          }
          devices
              .next()
              .ifPresent(next -> Fragments.older(page, "/devices", next, "Older devices"));
          page.tags("</p>");
        });
  }

  /// @param heading the tag of a name
  static void rows(Markup page, String heading, List<Entry> devices, Moment moment) {
    if (devices.isEmpty()) {
      page.tags("<p class=\"empty\">No device has enrolled: make a claim with ")
          .tags("<a href=\"/docs#createClaim\"><code>POST /v1/claims</code></a>, then run ")
          .tags("<code>device enroll</code> on the device.</p>");
      return;
    }
    page.tags("<ul class=\"rows\">");
    devices.forEach(entry -> row(page, heading, entry, moment));
    page.tags("</ul>");
  }

  private static void row(Markup page, String heading, Entry entry, Moment moment) {
    page.tags("<li><div class=\"head\"><" + heading + ">");
    Fragments.link(page, "/devices/" + entry.device().id(), name(entry));
    page.tags("</" + heading + ">");
    if (entry.device().revokedAt().isPresent()) {
      Fragments.badge(page, "queued", "revoked");
    } else {
      entry.lastReport().ifPresent(report -> DeviceReport.of(report).badge(page));
    }
    page.tags("</div><p class=\"quiet\">")
        .text(entry.device().target() + " in group " + entry.device().group() + " \u00b7 ");
    if (entry.lastReport().isPresent()) {
      page.text("reported ");
      moment.ago(page, entry.lastReport().get().at());
    } else {
      page.text("no report yet, enrolled ");
      moment.ago(page, entry.device().enrolledAt());
    }
    page.tags("</p>");
    entry.lastReport().ifPresent(report -> DeviceReport.of(report).because(page));
    page.tags("</li>");
  }

  private static String name(Entry entry) {
    return entry.device().name().isBlank() ? "unnamed device" : entry.device().name();
  }
}
