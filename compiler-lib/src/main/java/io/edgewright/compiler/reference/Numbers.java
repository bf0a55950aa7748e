package io.edgewright.compiler.reference;

import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;

/// A tensor in the interpreter, row-major. Compared by nobody, so that the arrays do no harm.
@SuppressWarnings("ArrayRecordComponent")
sealed interface Numbers {
  /// Floats of any width, not rounded.
  record Reals(TensorType type, double[] values) implements Numbers {
    @Override
    public Reals pick(Shape shape, int[] sources, double fill) {
      double[] picked = new double[sources.length];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = sources[i] < 0 ? fill : values[sources[i]];
      }
      return new Reals(type.withShape(shape), picked);
    }

    @Override
    public Tensor toTensor() {
      return Tensor.ofDoubles(type.element(), type.shape(), values);
    }
  }

  /// Integers and bools; uint64 as its bits.
  record Wholes(TensorType type, long[] values) implements Numbers {
    @Override
    public Wholes pick(Shape shape, int[] sources, double fill) {
      long[] picked = new long[sources.length];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = sources[i] < 0 ? (long) fill : values[sources[i]];
      }
      return new Wholes(type.withShape(shape), picked);
    }

    @Override
    public Tensor toTensor() {
      return Tensor.ofIntegers(type.element(), type.shape(), values);
    }
  }

  TensorType type();

  /// Elements at `sources`, `fill` where a source is negative.
  Numbers pick(Shape shape, int[] sources, double fill);

  /// Rounded to the element type.
  Tensor toTensor();

  static Numbers of(Tensor tensor) {
    return tensor.element().isFloat()
        ? new Reals(tensor.type(), tensor.toDoubles())
        : new Wholes(tensor.type(), tensor.toLongs());
  }

  /// Zeros.
  static Numbers allocate(TensorType type) {
    int size = Math.toIntExact(type.shape().elements());
    return type.element().isFloat()
        ? new Reals(type, new double[size])
        : new Wholes(type, new long[size]);
  }

  default Shape shape() {
    return type().shape();
  }

  default ElementType element() {
    return type().element();
  }

  default int size() {
    return switch (this) {
      case Reals(TensorType _, double[] values) -> values.length;
      case Wholes(TensorType _, long[] values) -> values.length;
    };
  }

  /// The same numbers under another shape.
  default Numbers withShape(Shape shape) {
    return switch (this) {
      case Reals(TensorType type, double[] values) -> new Reals(type.withShape(shape), values);
      case Wholes(TensorType type, long[] values) -> new Wholes(type.withShape(shape), values);
    };
  }

  /// The numbers as doubles: exact for floats and for integers of up to 53 bits.
  default double[] toDoubles() {
    return switch (this) {
      case Reals(TensorType _, double[] values) -> values;
      case Wholes(TensorType type, long[] values) -> {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] = WholeFunctions.toDouble(type.element(), values[i]);
        }
        yield doubles;
      }
    };
  }

  /// Doubles as numbers of a type; integers truncate.
  static Numbers ofDoubles(TensorType type, double[] values) {
    if (type.element().isFloat()) {
      return new Reals(type, values);
    }
    long[] wholes = new long[values.length];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = WholeFunctions.ofDouble(type.element(), values[i]);
    }
    return new Wholes(type, wholes);
  }
}
