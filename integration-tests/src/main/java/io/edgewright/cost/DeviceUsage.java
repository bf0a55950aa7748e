package io.edgewright.cost;

/// What devices take.
record DeviceUsage(Measured measured) {
  /// The device by its key, the deployment of its group, four roles of metadata. What was written
  /// last is read, so that a revocation counts at once; such a read is a whole unit.
  static final int READS_OF_A_POLL = 6;

  /// The nonce.
  static final int WRITES_OF_A_POLL = 1;

  private static final double ANSWER_GIGABYTES = 0.6e-6;
  private static final double LOG_GIGABYTES = 0.5e-6;
  private static final double RANGE_MEGABYTES = 1.048576;

  /// A poll that finds nothing new.
  Usage poll(Processor processor) {
    return processor
        .execution(measured.request().gigabytes(), measured.request().seconds())
        .plus("apiGateway.request", 1)
        .plus("dynamoDb.read", READS_OF_A_POLL)
        .plus("dynamoDb.write", WRITES_OF_A_POLL)
        .plus("egress.gigabyte", ANSWER_GIGABYTES)
        .plus("logs.gigabyte", LOG_GIGABYTES);
  }

  /// A report: a request like a poll, and the report itself.
  Usage report(Processor processor) {
    return poll(processor).plus("dynamoDb.write", 2);
  }

  /// A bundle of this size, in ranges, from S3 itself.
  Usage download(double megabytes) {
    return Usage.NOTHING.plus("s3.get", ranges(megabytes)).plus("egress.gigabyte", megabytes / 1e3);
  }

  /// Requests for a bundle.
  static double ranges(double megabytes) {
    return Math.ceil(megabytes / RANGE_MEGABYTES);
  }
}
