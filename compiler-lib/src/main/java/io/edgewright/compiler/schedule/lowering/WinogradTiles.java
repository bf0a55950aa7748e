package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;
import static io.edgewright.compiler.schedule.lowering.Geometry.ROW;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.View;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// How a picture is cut for Winograd's convolution: squares of outputs, and strips of whole rows of
/// squares that are worked on together, so that what lies between the steps stays in the cache.
///
/// @param stripRows rows of tiles in a strip; the last strip starts early where they do not fit
record WinogradTiles(Winograd method, long rows, long columns, long stripRows) {
  /// Fewer tiles make a strip read its weights too often.
  private static final long FEWEST_TILES = 24;

  private static final long STRIP_BYTES = 512 * 1024;

  /// Transformed weights of a layer: what is larger costs a device more memory than it gains.
  private static final long MOST_WEIGHT_BYTES = 2 << 20;

  /// Only a clear gain is worth weights of up to four times the size.
  private static final double LEAST_GAIN = 1.25;

  /// Multiply-adds of vectors in a cycle that kernels reach.
  private static final double MULTIPLY_ADDS_PER_CYCLE = 1.7;

  /// Cycles for one place of a tile for one vector of channels, in and out.
  private static final double CYCLES_PER_PLACE = 6;

  /// Cycles for one element that is copied, so that channels are neighbours.
  private static final double CYCLES_PER_COPY = 2;

  private static final double CACHE_BYTES_PER_CYCLE = 32;
  private static final double MEMORY_BYTES_PER_CYCLE = 8;
  private static final long CACHED_WEIGHT_BYTES = 1 << 20;

  static WinogradTiles of(Winograd method, Geometry geometry) {
    int size = method.outputs();
    long rows = ceilDivide(geometry.output().extent(ROW), size);
    long columns = ceilDivide(geometry.output().extent(COLUMN), size);
    long channels = geometry.input().extent(CHANNEL) + geometry.output().extent(CHANNEL);
    long fitting = STRIP_BYTES / (method.places() * channels * Float.BYTES);
    long stripRows = ceilDivide(Math.max(FEWEST_TILES, fitting), columns);
    return new WinogradTiles(method, rows, columns, Math.min(rows, stripRows));
  }

  /// The fastest way, where one is clearly faster than a direct sum.
  static Optional<WinogradTiles> choose(Machine machine, Geometry geometry) {
    double most = directCycles(machine, geometry) / LEAST_GAIN;
    return Stream.of(Winograd.values())
        .filter(method -> method.outputs() <= geometry.output().extent(ROW))
        .filter(method -> method.outputs() <= geometry.output().extent(COLUMN))
        .filter(method -> weightBytes(method, geometry) <= MOST_WEIGHT_BYTES)
        .map(method -> of(method, geometry))
        .filter(tiles -> tiles.cycles(machine, geometry) < most)
        .min(Comparator.comparingDouble(tiles -> tiles.cycles(machine, geometry)));
  }

  long strips() {
    return ceilDivide(rows, stripRows);
  }

  /// Tiles of a strip.
  long tiles() {
    return stripRows * columns;
  }

  private double cycles(Machine machine, Geometry geometry) {
    double inputs = geometry.input().extent(CHANNEL);
    long vectors = vectors(machine, geometry.output());
    double places = (double) strips() * tiles() * method.places();
    double products = places * inputs * vectors / MULTIPLY_ADDS_PER_CYCLE;
    double transforms = places * (vectors(machine, geometry.input()) + vectors) * CYCLES_PER_PLACE;
    boolean copied = geometry.input().stride(CHANNEL) != 1;
    return products
        + transforms
        + (copied ? geometry.input().elements() * CYCLES_PER_COPY : 0)
        + strips() * weightCycles((double) weightBytes(method, geometry));
  }

  private static long weightBytes(Winograd method, Geometry geometry) {
    long pairs = geometry.input().extent(CHANNEL) * geometry.output().extent(CHANNEL);
    return method.places() * pairs * Float.BYTES;
  }

  private static long vectors(Machine machine, View view) {
    return Lanes.of(view.extent(CHANNEL), machine.floatLanes()).vectors();
  }

  private static double directCycles(Machine machine, Geometry geometry) {
    double taps = (double) Winograd.TAPS * Winograd.TAPS * geometry.input().extent(CHANNEL);
    double pixels = (double) geometry.output().extent(ROW) * geometry.output().extent(COLUMN);
    return pixels * taps * vectors(machine, geometry.output()) / MULTIPLY_ADDS_PER_CYCLE
        + weightCycles(taps * geometry.output().extent(CHANNEL) * Float.BYTES);
  }

  private static double weightCycles(double bytes) {
    return bytes / (bytes <= CACHED_WEIGHT_BYTES ? CACHE_BYTES_PER_CYCLE : MEMORY_BYTES_PER_CYCLE);
  }

  private static long ceilDivide(long number, long divisor) {
    return (number + divisor - 1) / divisor;
  }
}
