package io.edgewright.bench.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.bench.TextTable;
import java.util.List;

/// The results for people and for programs.
public record ServiceReport(ServiceResult result) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COMPILER = "the real compiler, on a model of one operator";

  /// Whether nothing was lost or doubled.
  public boolean allHeld() {
    return result.broken().isEmpty();
  }

  public String table() {
    TextTable routes = new TextTable("route", "requests", "p50 ms", "p99 ms", "longest ms");
    result.millis().forEach((route, times) -> routes.row(row(route, times)));
    TextTable facts = new TextTable("what", "figure");
    facts.row("compiled by", COMPILER);
    facts.row("submissions, distinct", pair(options().submissions(), options().distinct()));
    facts.row("clients at the same time", "" + options().clients());
    facts.row("submissions done a second", rate(options().submissions(), submissionSeconds()));
    facts.row("compilations a second", rate(options().distinct(), submissionSeconds()));
    facts.row("connections cut", "" + result.submissions().cuts());
    facts.row("compilers crashed", "" + result.faults().compilerCrashes());
    facts.row("store failed", "" + result.faults().storeFaults());
    facts.row("database locked", "" + result.faults().databaseLocks());
    facts.row("posted again after a fault", "" + result.submissions().postedAgain());
    facts.row("devices", "" + options().devices());
    facts.row("devices served a second", rate(options().devices(), result.fleet().seconds()));
    facts.row("MB downloaded", "%.1f".formatted(result.fleet().bytes() / 1e6));
    facts.row("peak memory of the service, MB", "%.0f".formatted(result.peakBytes() / 1e6));
    facts.row("lost or doubled", allHeld() ? "none" : String.join("; ", result.broken()));
    return routes.text() + "\n" + facts.text();
  }

  private ServiceBenchOptions options() {
    return result.options();
  }

  private double submissionSeconds() {
    return result.submissions().seconds();
  }

  private static String pair(int all, int distinct) {
    return all + ", " + distinct;
  }

  private static String rate(int count, double seconds) {
    return "%.1f".formatted(count / seconds);
  }

  private static String[] row(String route, List<Double> times) {
    return new String[] {
      route,
      "" + times.size(),
      "%.1f".formatted(percentile(times, 50)),
      "%.1f".formatted(percentile(times, 99)),
      "%.1f".formatted(percentile(times, 100))
    };
  }

  /// The smallest time that so many percent of all do not exceed.
  static double percentile(List<Double> times, int percent) {
    List<Double> sorted = times.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
  }

  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("compiler", COMPILER)
        .put("submissions", options().submissions())
        .put("distinct", options().distinct())
        .put("clients", options().clients())
        .put("devices", options().devices())
        .put("seed", options().seed())
        .put("submissionSeconds", submissionSeconds())
        .put("deviceSeconds", result.fleet().seconds())
        .put("connectionsCut", result.submissions().cuts())
        .put("compilersCrashed", result.faults().compilerCrashes())
        .put("storeFaults", result.faults().storeFaults())
        .put("databaseLocks", result.faults().databaseLocks())
        .put("postedAgain", result.submissions().postedAgain())
        .put("bytesDownloaded", result.fleet().bytes())
        .put("peakBytes", result.peakBytes());
    ObjectNode routes = json.putObject("routes");
    result
        .millis()
        .forEach((route, times) ->
            routes
                .putObject(route)
                .put("requests", times.size())
                .put("p50Millis", percentile(times, 50))
                .put("p99Millis", percentile(times, 99))
                .put("longestMillis", percentile(times, 100)));
    ArrayNode broken = json.putArray("lostOrDoubled");
    result.broken().forEach(broken::add);
    return json.toPrettyString() + "\n";
  }
}
