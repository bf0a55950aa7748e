package io.edgewright.compiler.tensor;

/// Element type and shape of a tensor.
public record TensorType(ElementType element, Shape shape) {
  /// Bytes of a dense tensor of this type, in exact arithmetic.
  public long bytes() {
    return Math.multiplyExact(shape.elements(), element.bytes());
  }

  /// Bytes of the largest tensor of this type, laid out with room for every axis at its most.
  public long capacityBytes() {
    return withShape(shape.atCapacity()).bytes();
  }

  public TensorType withShape(Shape changed) {
    return new TensorType(element, changed);
  }

  public TensorType withElement(ElementType changed) {
    return new TensorType(changed, shape);
  }

  @Override
  public String toString() {
    return element.text() + shape;
  }
}
