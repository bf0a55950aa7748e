package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.BATCH;
import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;
import static io.edgewright.compiler.schedule.lowering.Geometry.ROW;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Dimension;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the lanes of a vector are shared out where a convolution has fewer output channels than
/// lanes: every channel has some neighbouring lanes, each of which adds up a part of its sum.
///
/// In a row of the input, what a window sees is one run of numbers: columns times input channels.
/// It is read a few `terms` at a time, past its end too, where weights are 0. At the ends of the
/// row the run starts where it fits in, and the weights are shifted against it instead.
///
/// @param terms lanes of a channel, at least two
/// @param channels output channels, rounded up to a power of two
/// @param run numbers of a row of the window, rounded up to a multiple of `terms`
/// @param before weights of 0 before a row's first, for windows that start left of the picture's
///   end and are read from further left
/// @param after weights of 0 after a row's last, for windows that start outside
/// @param pixels of a tile, a multiple of `terms`
record SharedLanes(int terms, int channels, long run, long before, long after, int pixels) {
  /// Sums that hide the delay of a multiply-add.
  private static final int ENOUGH_SUMS = 8;

  /// Instructions that bring one pixel's partial sums together and store them.
  private static final int GATHERING = 4;

  int lanes() {
    return terms * channels;
  }

  /// Weights of a kernel row, for every lane of a channel.
  long rowElements() {
    return roundUp(before + run + after, terms) * channels;
  }

  /// The sharing for this convolution, where it is possible and takes less time.
  ///
  /// @param extras what the epilogue reads
  static Optional<SharedLanes> choose(Machine machine, Geometry geometry, List<View> extras) {
    long channels = geometry.output().extent(CHANNEL);
    int own = Math.toIntExact(roundUpToPowerOfTwo(channels));
    int terms = machine.floatLanes() / Math.min(own, machine.floatLanes());
    if (terms < 2 || !isRun(geometry) || !storesNeighbours(geometry.output(), own, extras)) {
      return Optional.empty();
    }
    long depth = geometry.input().extent(CHANNEL);
    long window = depth * geometry.kernelColumns();
    long run = roundUp(window, terms);
    long row = depth * geometry.input().extent(COLUMN);
    boolean shiftsFit = own == 1 || depth % terms == 0;
    long width = geometry.output().extent(COLUMN);
    long vectors = channels == own ? 1 : 2;
    long otherwise = window * geometry.kernelRows() * vectors;
    if (!shiftsFit
        || run > row
        || width < terms
        || run / terms * geometry.kernelRows() + GATHERING >= otherwise) {
      return Optional.empty();
    }
    RowTiles.Axis axis = geometry.columns();
    long last = ((width - 1) * axis.stride() - axis.padding()) * depth;
    long before = Math.max(0, last - (row - run));
    long after = axis.padding() * depth;
    return Optional.of(
        new SharedLanes(terms, own, run, before, after, pixels(machine, width, terms)));
  }

  /// Whether what a window sees of a row lies side by side, and all extents are known.
  private static boolean isRun(Geometry geometry) {
    View input = geometry.input();
    boolean fixed =
        Stream.of(input, geometry.output())
            .allMatch(view ->
                List.of(BATCH, CHANNEL, ROW, COLUMN).stream()
                    .allMatch(axis -> view.dimension(axis) instanceof Dimension.Fixed));
    return fixed
        && (input.stride(CHANNEL) == 1 || input.extent(CHANNEL) == 1)
        && input.stride(COLUMN) == input.extent(CHANNEL)
        && (geometry.kernelColumns() == 1 || geometry.tapStep() == input.stride(COLUMN));
  }

  /// Whether results of neighbouring pixels can be computed in one vector. What the epilogue reads
  /// must lie as they do.
  private static boolean storesNeighbours(View output, int channels, List<View> extras) {
    return extras.isEmpty()
        || (isDense(output, channels)
            && extras.stream().allMatch(extra -> isDense(extra, channels) || isOneNumber(extra)));
  }

  private static boolean isOneNumber(View view) {
    return view.stride(CHANNEL) == 0 && view.stride(COLUMN) == 0;
  }

  /// Whether pixels of a row lie side by side, without room for further channels.
  static boolean isDense(View view, int channels) {
    return view.extent(CHANNEL) == channels
        && (channels == 1 || view.stride(CHANNEL) == 1)
        && view.stride(COLUMN) == channels;
  }

  private static int pixels(Machine machine, long width, int terms) {
    int most = (int) Math.min(width, Math.max(terms, machine.vectorRegisters() * 3 / 4));
    int best = terms;
    long bestCost = Long.MAX_VALUE;
    for (int pixels = terms; pixels <= most; pixels += terms) {
      long cost = (width + pixels - 1) / pixels * Math.max(pixels, ENOUGH_SUMS);
      if (cost <= bestCost) {
        best = pixels;
        bestCost = cost;
      }
    }
    return best;
  }

  /// Tiles of a row; all of a window's run lies inside the picture for those in the middle.
  RowTiles rowTiles(Geometry geometry) {
    RowTiles.Axis axis = geometry.columns();
    long depth = geometry.input().extent(CHANNEL);
    int columns = Math.toIntExact((run + depth - 1) / depth);
    return RowTiles.of(
            new RowTiles.Axis(
                columns, axis.stride(), 1, axis.padding(), axis.inputWidth(), axis.outputWidth()),
            pixels)
        .withOneBorderOnEitherSide();
  }

  private static long roundUp(long number, long to) {
    return (number + to - 1) / to * to;
  }

  private static long roundUpToPowerOfTwo(long number) {
    return number <= 1 ? 1 : 2 * Long.highestOneBit(number - 1);
  }
}
