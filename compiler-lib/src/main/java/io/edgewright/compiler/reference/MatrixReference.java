package io.edgewright.compiler.reference;

import io.edgewright.compiler.reference.Numbers.Reals;
import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.reference.Products.Matrix;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;

/// `out[..., m, n] = sum over k of a[..., m, k] * b[..., k, n]`.
final class MatrixReference {
  private final int rows;
  private final int depth;
  private final int columns;

  private MatrixReference(Shape a, Shape b) {
    this.rows = Math.toIntExact(a.extent(a.rank() - 2));
    this.depth = Math.toIntExact(a.extent(a.rank() - 1));
    this.columns = Math.toIntExact(b.extent(b.rank() - 1));
  }

  /// The sums, before the epilogue.
  static Numbers run(Numbers a, Numbers b, TensorType type) {
    MatrixReference product = new MatrixReference(a.shape(), b.shape());
    Shape batch = head(type.shape());
    int[] first = Positions.expand(head(a.shape()), batch);
    int[] second = Positions.expand(head(b.shape()), batch);
    Numbers output = Numbers.allocate(type);
    for (int i = 0; i < first.length; i++) {
      if (a instanceof Reals x && b instanceof Reals y && output instanceof Reals z) {
        product.reals(x, first[i], y, second[i], z, i);
      } else if (a.element().isByte()) {
        product.bytes(a, first[i], b, second[i], output, i);
      } else if (a instanceof Wholes x && b instanceof Wholes y && output instanceof Wholes z) {
        product.wholes(x, first[i], y, second[i], z, i);
      }
    }
    return output;
  }

  private static Shape head(Shape shape) {
    return new Shape(shape.dimensions().subList(0, shape.rank() - 2));
  }

  private void reals(Reals a, int atA, Reals b, int atB, Reals c, int atC) {
    int tiles = Math.ceilDiv(columns, Products.COLUMNS);
    Products.parallel(
        tiles,
        tile -> {
          int from = tile * Products.COLUMNS;
          Products.accumulate(
              new Matrix(a.values(), atA * rows * depth, depth),
              new Matrix(b.values(), atB * depth * columns + from, columns),
              new Matrix(c.values(), atC * rows * columns + from, columns),
              rows,
              depth,
              Math.min(Products.COLUMNS, columns - from));
        });
  }

  /// Sums of products of bytes are exact in double precision.
  private void bytes(Numbers a, int atA, Numbers b, int atB, Numbers c, int atC) {
    double[] left = Arrays.copyOfRange(a.toDoubles(), atA * rows * depth, (atA + 1) * rows * depth);
    double[] right =
        Arrays.copyOfRange(b.toDoubles(), atB * depth * columns, (atB + 1) * depth * columns);
    double[] sums = new double[rows * columns];
    Products.accumulate(
        new Matrix(left, 0, depth),
        new Matrix(right, 0, columns),
        new Matrix(sums, 0, columns),
        rows,
        depth,
        columns);
    long[] target = ((Wholes) c).values();
    for (int i = 0; i < sums.length; i++) {
      target[atC * rows * columns + i] = WholeFunctions.ofDouble(c.element(), sums[i]);
    }
  }

  private void wholes(Wholes a, int atA, Wholes b, int atB, Wholes c, int atC) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        long sum = 0;
        for (int k = 0; k < depth; k++) {
          sum +=
              a.values()[(atA * rows + row) * depth + k]
                  * b.values()[(atB * depth + k) * columns + column];
        }
        c.values()[(atC * rows + row) * columns + column] = WholeFunctions.wrap(c.element(), sum);
      }
    }
  }
}
