package io.edgewright.cost;

/// What a fleet asks of the service, and what that costs in a month.
///
/// @param usual a day in which everything works
/// @param storm the hour after half an hour without service
record FleetLoad(int devices, Fleet.Load usual, Fleet.Load storm, DeviceUsage usage) {
  private static final int OUTAGE = 1800;
  private static final int HOUR = 3600;
  private static final int DAYS = 30;
  private static final long SEED = 20261125;

  /// A new bundle a month, of this size, and one report a day and after each installation.
  static final double BUNDLE_MEGABYTES = 8;

  private static final int REPORTS_A_MONTH = DAYS + 1;

  /// A few groups of targets, built at once by whoever releases.
  private static final double COMPILATIONS_PER_SECOND = 2;

  static FleetLoad simulated(int devices, Measured measured) {
    Fleet fleet = new Fleet(devices, SEED);
    return new FleetLoad(
        devices, fleet.usualDay(), fleet.afterOutage(OUTAGE), new DeviceUsage(measured));
  }

  private double polls() {
    return usual.mean() * HOUR * 24 * DAYS;
  }

  /// For a month.
  Usage ofPolls(Processor processor) {
    return usage.poll(processor).times(polls());
  }

  /// For a month.
  Usage ofReports(Processor processor) {
    return usage.report(processor).times((double) devices * REPORTS_A_MONTH);
  }

  /// For a month.
  Usage ofDownloads() {
    return usage.download(BUNDLE_MEGABYTES).times(devices);
  }

  /// The largest load of a kind. The fleet is one group, which is the worst that can be.
  double most(Quota.Kind kind) {
    int peak = Math.max(usual.peak(), storm.peak());
    return switch (kind) {
      case REQUESTS_PER_SECOND, HOTTEST_PARTITION_READS -> peak;
      case EXECUTIONS_AT_ONCE -> peak * usage.measured().request().seconds();
      case HOTTEST_PARTITION_WRITES -> usual.peak();
      case SIGNATURES_PER_SECOND -> COMPILATIONS_PER_SECOND * 3;
      case COMPILATIONS_PER_SECOND -> COMPILATIONS_PER_SECOND;
      case DOWNLOADS_PER_SECOND -> usual.peak() * DeviceUsage.ranges(BUNDLE_MEGABYTES);
    };
  }
}
