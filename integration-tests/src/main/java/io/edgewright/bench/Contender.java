package io.edgewright.bench;

/// A model that is loaded, with inputs and outputs in place.
interface Contender extends AutoCloseable {
  /// One inference.
  void run();

  @Override
  void close();
}
