package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.Machine;
import java.util.function.IntToDoubleFunction;

/// How many neighbours a kernel that slides a window along a row computes at once: as many as leave
/// registers for what they load, and divide the row well.
final class PixelsPerTile {
  private PixelsPerTile() {}

  /// Where each pixel has a sum, and every tap goes to each of them.
  static int ofTaps(Machine machine, RowTiles.Axis axis) {
    return cheapest(
        machine,
        axis,
        pixels -> (double) pixels * axis.kernel() + columns(axis, pixels) + axis.kernel());
  }

  /// Where each column has a sum, which all pixels that see it share.
  static int ofColumns(Machine machine, Geometry geometry) {
    RowTiles.Axis axis = geometry.columns();
    return cheapest(
        machine,
        axis,
        pixels ->
            columns(axis, pixels) > columnsInRegisters(machine)
                ? Double.POSITIVE_INFINITY
                : (double) columns(axis, pixels) * geometry.kernelRows()
                    + (double) pixels * axis.kernel());
  }

  /// Whether registers hold the sums of one window's columns.
  static boolean columnsFit(Machine machine, Geometry geometry) {
    return geometry.kernelColumns() <= columnsInRegisters(machine);
  }

  private static int columnsInRegisters(Machine machine) {
    return machine.vectorRegisters() * 3 / 4;
  }

  private static long columns(RowTiles.Axis axis, int pixels) {
    return (pixels - 1L) * Math.min(axis.stride(), axis.kernel()) + axis.kernel();
  }

  /// @param cost of one tile, in instructions
  private static int cheapest(Machine machine, RowTiles.Axis axis, IntToDoubleFunction cost) {
    int most = (int) Math.min(axis.outputWidth(), machine.vectorRegisters() / 4);
    int best = 1;
    double bestCost = Double.POSITIVE_INFINITY;
    for (int pixels = 1; pixels <= most; pixels++) {
      long tiles = (axis.outputWidth() + pixels - 1) / pixels;
      double row = tiles * cost.applyAsDouble(pixels);
      if (row <= bestCost) {
        best = pixels;
        bestCost = row;
      }
    }
    return best;
  }
}
