package io.edgewright.cdk;

/// What the stack and all that has a name of its own are called.
final class Naming {
  static final String STACK = "Edgewright";

  /// Of tables, buckets and aliases of keys: what outlives the stack has a name that can be found.
  static final String PREFIX = "edgewright-";

  /// Of the bucket of models, bundles and reports; account and region follow.
  static final String STORE = PREFIX + "store";

  /// Of the bucket of the other one's access log; account and region follow.
  static final String ACCESS_LOG = PREFIX + "access-log";

  /// Of the stage of the API.
  static final String STAGE = "live";

  /// Of the alias under which a function is called.
  static final String ALIAS = "live";

  /// Of the metrics that are taken from the log.
  static final String METRICS = "Edgewright";

  private Naming() {}
}
