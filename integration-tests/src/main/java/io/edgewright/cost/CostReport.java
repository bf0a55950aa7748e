package io.edgewright.cost;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// `docs/cost.md`.
final class CostReport {
  private static final List<Integer> FLEETS = List.of(1_000, 100_000, 1_000_000);

  private final Prices prices = Prices.listed();
  private final Measured measured = Measured.durations();
  private final StringBuilder text = new StringBuilder();

  private CostReport() {}

  static String markdown() {
    CostReport report = new CostReport();
    report.head();
    report.compilations();
    report.polls();
    List<FleetLoad> fleets =
        FLEETS.stream().map(devices -> FleetLoad.simulated(devices, report.measured)).toList();
    report.fleets(fleets);
    report.quotas(fleets);
    report.assumptions();
    return report.text.toString();
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void head() {
    line("# What it costs");
    line("");
    line("Written by `./edgewright cost --update`; a test compares. %s.", prices.region());
    line("Prices of %s: %s", prices.asOf(), prices.note());
    line("");
  }

  private void compilations() {
    CompilationUsage usage = CompilationUsage.counted(measured);
    line("## A compilation");
    line("");
    line(
        "US cents for the request with Inspect and Summarise (%d state transitions), whatever the"
            + " targets: **%.3f** on x86, **%.3f** on arm64. For each target (%d transitions) come:",
        usage.whole().transitions(),
        100 * usage.ofWhole(Processor.X86).usd(prices),
        100 * usage.ofWhole(Processor.ARM64).usd(prices),
        usage.target().transitions());
    line("");
    line("| model | target | seconds | cents, x86 | cents, arm64 | bundle MB |");
    line("|---|---|---|---|---|---|");
    for (Measured.Target one : measured.targets()) {
      line(
          "| %s | %s | %.2f | %.3f | %.3f | %.1f |",
          one.model(),
          one.target(),
          one.seconds(),
          100 * usage.ofTarget(Processor.X86, one).usd(prices),
          100 * usage.ofTarget(Processor.ARM64, one).usd(prices),
          one.bundleMegabytes());
    }
    line("");
  }

  private void polls() {
    DeviceUsage usage = new DeviceUsage(measured);
    line("## Devices");
    line("");
    line("| US cents for 1,000 | x86 | arm64 |");
    line("|---|---|---|");
    row("polls that find nothing new", usage.poll(Processor.X86), usage.poll(Processor.ARM64));
    row("reports", usage.report(Processor.X86), usage.report(Processor.ARM64));
    Usage download = usage.download(FleetLoad.BUNDLE_MEGABYTES);
    row("downloads of %.0f MB".formatted(FleetLoad.BUNDLE_MEGABYTES), download, download);
    line("");
  }

  private void row(String what, Usage x86, Usage arm64) {
    line("| %s | %.2f | %.2f |", what, 1e5 * x86.usd(prices), 1e5 * arm64.usd(prices));
  }

  private void fleets(List<FleetLoad> fleets) {
    line("## Fleets");
    line("");
    line(
        "Each device simulated: a poll an hour and a quarter around it, retries as the fetcher makes");
    line(
        "them. US dollars a month on arm64, with a report a day and one new bundle of %.0f MB a month.",
        FleetLoad.BUNDLE_MEGABYTES);
    line("");
    line(
        "| devices | polls a second | busiest second | after half an hour's outage | polls | reports |"
            + " downloads | a device |");
    line("|---|---|---|---|---|---|---|---|");
    for (FleetLoad fleet : fleets) {
      double polls = fleet.ofPolls(Processor.ARM64).usd(prices);
      double reports = fleet.ofReports(Processor.ARM64).usd(prices);
      double downloads = fleet.ofDownloads().usd(prices);
      line(
          "| %,d | %.1f | %d | %d | %,.2f | %,.2f | %,.2f | %.4f |",
          fleet.devices(),
          fleet.usual().mean(),
          fleet.usual().peak(),
          fleet.storm().peak(),
          polls,
          reports,
          downloads,
          (polls + reports + downloads) / fleet.devices());
    }
    line("");
    line(
        "What changes with the size: up to some thousand devices the keys, alarms and the dashboard cost");
    line(
        "more than the devices. At 100,000 the polls are the largest item; polling every six hours makes it a");
    line(
        "sixth. At 1,000,000 API Gateway's price a request alone is most of that; an HTTP API, or a");
    line("distribution in front that answers 304 by itself, would take its place.");
    line("");
  }

  private void quotas(List<FleetLoad> fleets) {
    line("## Where quotas bite");
    line("");
    line(
        "Loads at the busiest second, the whole fleet in one group, and how many devices it takes until the");
    line("default quota is reached (as far as the load grows with them).");
    line("");
    line(
        "| quota | default | at %,d | at %,d | at %,d | bites at | can be raised | what the stack does |",
        FLEETS.get(0), FLEETS.get(1), FLEETS.get(2));
    line("|---|---|---|---|---|---|---|---|");
    for (Quota quota : Quota.all()) {
      line(
          "| [%s](%s) | %,d | %s | %s | %s | %s | %s | %s |",
          quota.name(),
          quota.source(),
          quota.limit(),
          load(fleets.get(0), quota),
          load(fleets.get(1), quota),
          load(fleets.get(2), quota),
          reachedAt(fleets, quota),
          quota.adjustable() ? "yes" : "no",
          quota.answer());
    }
    line("");
  }

  private static String load(FleetLoad fleet, Quota quota) {
    double load = fleet.most(quota.load());
    return String.format(Locale.ROOT, load < 10 ? "%.1f" : "%,.0f", load);
  }

  private static String reachedAt(List<FleetLoad> fleets, Quota quota) {
    FleetLoad largest = fleets.getLast();
    double load = largest.most(quota.load());
    if (load == fleets.getFirst().most(quota.load())) {
      return "never";
    }
    double millions = quota.limit() / load * largest.devices() / 1e6;
    return String.format(Locale.ROOT, "%.1f million", millions);
  }

  private void assumptions() {
    line("## What this rests on");
    line("");
    line("- Compilations: %s", measured.how());
    function("The worker", measured.worker());
    function("A step", measured.step());
    function("Verify", measured.verify());
    function("A request", measured.request());
    line("- arm64 is taken to need the same time as x86; nobody has measured it on Lambda.");
    line(
        "- Cold starts are not counted; a worker's is some seconds of its price, once in a while.");
    line("");
    line("| price | US dollars | for |");
    line("|---|---|---|");
    prices
        .byName()
        .forEach((name, price) ->
            line(
                "| [%s](%s) | %s | %,.0f × %s |",
                name,
                price.source(),
                BigDecimal.valueOf(price.usd()).toPlainString(),
                price.per(),
                price.unit()));
  }

  private void function(String title, Measured.Function function) {
    String seconds =
        function.seconds() == 0 ? "" : String.format(Locale.ROOT, ", %.2f s", function.seconds());
    line("- %s: %.3f GB%s; %s.", title, function.gigabytes(), seconds, function.how());
  }
}
