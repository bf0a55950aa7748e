package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.tensor.Shape;

/// Extents that a kernel finds out.
final class Found {
  private Found() {}

  /// The number that the kernel has to set.
  ///
  /// @param shape what the operator makes, with a name of its own at the axis
  static String name(Shape shape, int axis) {
    return shape.dimensions().get(axis).count().name().orElseThrow().text();
  }
}
