package io.edgewright.compiler.schedule.loops;

import io.edgewright.compiler.tensor.ElementType;

/// A typed address that a kernel starts with.
///
/// @param offset in elements from the start of the buffer
/// @param written whether the kernel stores through it
public record Pointer(
    String name, Buffer buffer, long offset, ElementType element, boolean written) {
  /// The address of a view's first element.
  public static Pointer to(View view, String name, boolean written) {
    return new Pointer(name, view.buffer(), view.offset(), view.element(), written);
  }
}
