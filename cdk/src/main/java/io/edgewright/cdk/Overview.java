package io.edgewright.cdk;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/// The dashboard: a row for compilations, one for what they take and cost by target, one for what
/// is refused. docs/operations.md reads it aloud.
final class Overview extends Construct {
  private static final Duration PERIOD = Duration.minutes(5);
  private static final MetricOptions SUM =
      MetricOptions.builder().statistic("Sum").period(PERIOD).build();
  private static final int THIRD = 8;

  Overview(Construct scope, String id, Watch.Watched watched) {
    super(scope, id);
    Dashboard.Builder.create(this, "Dashboard")
        .dashboardName(Naming.STACK)
        .widgets(List.of(compilations(watched), targets(), refusals(watched)))
        .build();
  }

  private static List<IWidget> compilations(Watch.Watched watched) {
    var machine = watched.workflow().machine();
    return List.of(
        graph(
            "Compilations",
            machine.metricStarted(SUM),
            machine.metricSucceeded(SUM),
            machine.metricFailed(SUM)),
        graph("Age of the oldest that is not over, s", own("OldestSeconds", "Maximum")),
        graph(
            "Answers of the API",
            watched.api().rest().metricCount(SUM),
            watched.api().rest().metricClientError(SUM),
            watched.api().rest().metricServerError(SUM)));
  }

  private static IMetric own(String name, String statistic) {
    return Metric.Builder.create()
        .namespace(Naming.METRICS)
        .metricName(name)
        .statistic(statistic)
        .period(PERIOD)
        .build();
  }

  private static List<IWidget> targets() {
    return List.of(
        graph("Compiling, ms, median by target", bySearch("compile", "p50", 1)),
        graph(
            "Cost of compiling, USD by target",
            bySearch("compile", "Sum", perMilli(FunctionSpec.COMPILE))),
        graph(
            "Cost of verifying, USD by target",
            bySearch("verify", "Sum", perMilli(FunctionSpec.VERIFY))));
  }

  /// US dollars.
  private static double perMilli(FunctionSpec worker) {
    double gigabytes = worker.memoryMegabytes() / 1024.0;
    return Prices.listed().of("lambda.x86.gigabyteSecond") * gigabytes / 1_000;
  }

  private static IMetric bySearch(String step, String statistic, double factor) {
    String search =
        "SEARCH('{"
            + Naming.METRICS
            + ",step,target} MetricName=\""
            + Watch.STEP_MILLIS
            + "\" step=\""
            + step
            + "\"', '"
            + statistic
            + "', 300)";
    return MathExpression.Builder.create()
        .expression(
            factor == 1 ? search : search + " * " + BigDecimal.valueOf(factor).toPlainString())
        .usingMetrics(Map.of())
        .label("")
        .period(PERIOD)
        .build();
  }

  private static List<IWidget> refusals(Watch.Watched watched) {
    return List.of(
        graph(
            "Throttled calls of functions",
            watched
                .functions()
                .map(function -> (IMetric) function.function().metricThrottles(SUM))
                .toArray(IMetric[]::new)),
        graph(
            "Errors of functions",
            watched
                .functions()
                .map(function -> (IMetric) function.function().metricErrors(SUM))
                .toArray(IMetric[]::new)),
        graph(
            "Duration of functions, ms, 95th percentile",
            watched
                .functions()
                .map(function ->
                    (IMetric)
                        function
                            .function()
                            .metricDuration(
                                MetricOptions.builder().statistic("p95").period(PERIOD).build()))
                .toArray(IMetric[]::new)));
  }

  private static IWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).width(THIRD).left(List.of(metrics)).build();
  }
}
