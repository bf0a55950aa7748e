package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Golden;
import io.edgewright.compiler.endtoend.EndToEnd;

/// Being written.
final class GoldenVectors {
  private GoldenVectors() {}

  static Golden of(EndToEnd product) {
    throw new UnsupportedOperationException(product.toString());
  }
}
