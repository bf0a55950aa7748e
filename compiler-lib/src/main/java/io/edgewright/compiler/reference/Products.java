package io.edgewright.compiler.reference;

import java.util.stream.IntStream;

/// Sums of products. Every output element is summed in the order of k whatever the blocking is, so
/// neither the number of processors nor the tile changes a bit of the result.
final class Products {
  /// Rows of b that stay in the cache while all rows of a pass over them.
  private static final int ROWS = 64;

  /// Columns of one task.
  static final int COLUMNS = 512;

  private Products() {}

  /// A row-major matrix inside an array.
  @SuppressWarnings("ArrayRecordComponent")
  record Matrix(double[] values, int offset, int stride) {
    int row(int index) {
      return offset + index * stride;
    }
  }

  /// Starts `tasks` tasks on all processors and waits for them.
  interface Task {
    void run(int index);
  }

  static void parallel(int tasks, Task task) {
    IntStream.range(0, tasks).parallel().forEach(task::run);
  }

  /// `c[m][j] += sum over k of a[m][k] * b[k][j]` for j below `columns`.
  static void accumulate(Matrix a, Matrix b, Matrix c, int m, int k, int columns) {
    for (int from = 0; from < k; from += ROWS) {
      int to = Math.min(from + ROWS, k);
      for (int row = 0; row < m; row++) {
        accumulateRow(a, row, b, from, to, c, columns);
      }
    }
  }

  private static void accumulateRow(
      Matrix a, int row, Matrix b, int from, int to, Matrix c, int columns) {
    int k = from;
    for (; k + 4 <= to; k += 4) {
      addFour(a.values(), a.row(row) + k, b, k, c.values(), c.row(row), columns);
    }
    for (; k < to; k++) {
      double factor = a.values()[a.row(row) + k];
      int source = b.row(k);
      int target = c.row(row);
      for (int j = 0; j < columns; j++) {
        c.values()[target + j] += factor * b.values()[source + j];
      }
    }
  }

  private static void addFour(
      double[] a, int at, Matrix b, int k, double[] sums, int target, int columns) {
    double[] values = b.values();
    double a0 = a[at];
    double a1 = a[at + 1];
    double a2 = a[at + 2];
    double a3 = a[at + 3];
    int row0 = b.row(k);
    int row1 = b.row(k + 1);
    int row2 = b.row(k + 2);
    int row3 = b.row(k + 3);
    for (int j = 0; j < columns; j++) {
      sums[target + j] =
          sums[target + j]
              + a0 * values[row0 + j]
              + a1 * values[row1 + j]
              + a2 * values[row2 + j]
              + a3 * values[row3 + j];
    }
  }
}
