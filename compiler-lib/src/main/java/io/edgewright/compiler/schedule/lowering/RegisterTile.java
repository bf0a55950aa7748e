package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;

/// How much of the output one innermost loop computes in registers: `pixels` rows of `vectors`
/// vectors of `lanes` channels. Each step of the loop loads `vectors` weights and one input element
/// a pixel.
record RegisterTile(int pixels, int vectors, int lanes) {
  private static final int MOST_PIXELS = 14;
  private static final int MOST_VECTORS = 8;
  private static final long L1_WEIGHT_BYTES = 32 * 1024;

  /// Two fused multiply-adds start in a cycle and each takes four.
  private static final double MULTIPLY_ADDS_PER_CYCLE = 2;

  private static final double SHORTEST_CYCLES = 4;

  /// Bytes a cycle that the second-level cache delivers while the kernel computes.
  private static final double L2_BYTES_PER_CYCLE = 24;

  /// The cheapest tile for rows of `width` pixels, `channels` output channels and sums of `depth`.
  static RegisterTile choose(Machine machine, long width, long channels, long depth) {
    Lanes lanes = Lanes.of(channels, machine.floatLanes());
    RegisterTile best = new RegisterTile(1, 1, lanes.lanes());
    double bestCycles = Double.POSITIVE_INFINITY;
    for (int vectors = 1; vectors <= Math.min(MOST_VECTORS, lanes.vectors()); vectors++) {
      for (int pixels = 1; pixels <= Math.min(MOST_PIXELS, width); pixels++) {
        RegisterTile tile = new RegisterTile(pixels, vectors, lanes.lanes());
        double cycles = tile.cycles(width, lanes.vectors(), depth);
        if (tile.fits(machine) && cycles < bestCycles) {
          best = tile;
          bestCycles = cycles;
        }
      }
    }
    return best;
  }

  /// Registers for sums, weights, and what is loaded of the input.
  private boolean fits(Machine machine) {
    int inputs = machine.memoryOperands() ? 1 : pixels;
    return pixels * vectors + vectors + inputs <= machine.vectorRegisters();
  }

  private double cycles(long width, long channelVectors, long depth) {
    long tiles = ceilDivide(width, pixels) * ceilDivide(channelVectors, vectors);
    double step =
        Math.max(
            Math.max(pixels * vectors / MULTIPLY_ADDS_PER_CYCLE, pixels + vectors),
            SHORTEST_CYCLES);
    long panelBytes = depth * vectors * lanes * Float.BYTES;
    if (panelBytes > L1_WEIGHT_BYTES) {
      step += vectors * lanes * Float.BYTES / L2_BYTES_PER_CYCLE;
    }
    double frame = 2.0 * pixels * vectors;
    return tiles * (step * depth + frame);
  }

  /// Panels of `vectors` vectors that cover the channels.
  long panels(long channels) {
    return ceilDivide(ceilDivide(channels, lanes), vectors);
  }

  /// First output channel of a panel, given the channels of a group; the last panel starts early
  /// where those are no multiple.
  Expr firstChannel(long channels, Expr group, Expr panel) {
    long width = (long) vectors * lanes;
    Expr start = Expr.multiply(panel, width);
    boolean even = panels(channels) == 1 || channels % width == 0;
    Expr inGroup = even ? start : Expr.minimum(start, Expr.index(channels - width));
    return Expr.add(Expr.multiply(group, channels), inGroup);
  }

  /// First channel of a vector, counted from the panel's first.
  long vectorStart(long channels, int vector) {
    long start = (long) vector * lanes;
    return panels(channels) == 1 ? Math.min(start, channels - lanes) : start;
  }

  private static long ceilDivide(long number, long divisor) {
    return (number + divisor - 1) / divisor;
  }
}
