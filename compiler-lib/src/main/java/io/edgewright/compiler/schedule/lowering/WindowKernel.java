package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.BATCH;
import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;
import static io.edgewright.compiler.schedule.lowering.Geometry.ROW;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/// Kernels in which a channel sees only itself: depthwise convolution and pooling.
///
/// Lanes are channels. A tile is some pixels of a row, so that neighbours share what they load and,
/// in a convolution, the weights. Loops, outermost first: rows, tiles of a row, vectors of
/// channels, kernel rows; kernel columns and pixels are written out.
final class WindowKernel {
  /// What distinguishes one such kernel from another.
  interface Reduction {
    /// The value of a sum before the first tap.
    Expr start(Expr channel, VectorType type);

    /// Asked once for each tap: what to do with a value there.
    Tap tap(Expr kernelRow, int kernelColumn, Expr channel, VectorType type);

    /// How sums over parts of a window add up; empty where every tap has a weight of its own.
    Optional<BinaryOperator<Expr>> acrossParts();

    /// What is stored, given the finished sum.
    Expr finish(Expr sum, Place place);
  }

  /// Takes one value into a sum.
  interface Tap {
    void add(Var sum, Expr value);
  }

  /// Where a sum belongs.
  ///
  /// @param position [n, c, y, x] of the first lane
  /// @param rowsInside kernel rows inside the picture
  /// @param columnsInside kernel columns inside the picture
  record Place(List<Expr> position, Expr rowsInside, long columnsInside) {}

  private static final int COLUMNS_AT_A_TIME = 4;

  private final LoopBuilder builder;
  private final Geometry geometry;
  private final Reduction reduction;
  private final Sums sums;
  private final RowTiles tiles;
  private final Lanes lanes;
  private final Pointer in;
  private final Pointer out;

  WindowKernel(LoopBuilder builder, Machine machine, Geometry geometry, Reduction reduction) {
    this.builder = builder;
    this.geometry = geometry;
    this.reduction = reduction;
    boolean columnsFit = PixelsPerTile.columnsFit(machine, geometry);
    Optional<BinaryOperator<Expr>> add = reduction.acrossParts();
    this.sums =
        add.isEmpty()
            ? this::sumsOfTaps
            : columnsFit
                ? cell -> sumsOfColumns(cell, add.get())
                : cell -> sumsOfRows(cell, add.get());
    int pixels =
        add.isPresent() && columnsFit
            ? PixelsPerTile.ofColumns(machine, geometry)
            : PixelsPerTile.ofTaps(machine, geometry.columns());
    this.tiles = RowTiles.of(geometry.columns(), pixels);
    this.lanes = Lanes.of(geometry.output().extent(CHANNEL), machine.floatLanes());
    this.in = builder.reads("in", geometry.input());
    this.out = builder.writes("out", geometry.output());
  }

  /// Writes the loops; returns the number of tasks, which are rows.
  long emit(Machine machine) {
    View output = geometry.output();
    Expr rows = Expr.multiply(output.count(BATCH), output.extent(ROW));
    long most = output.extent(BATCH) * output.extent(ROW);
    long taps = (long) geometry.kernelRows() * geometry.kernelColumns();
    long work = Tasks.work(machine, output.elements() * taps, 0, lanes.lanes());
    Tasks tasks = Tasks.of(machine, rows, most, work);
    builder.loop("row", tasks.from(), tasks.to(), 1, this::row);
    return tasks.count();
  }

  private void row(Expr row) {
    View input = geometry.input();
    long height = geometry.output().extent(ROW);
    boolean oneBatch = geometry.output().extent(BATCH) == 1;
    Expr n = oneBatch ? Expr.zero() : builder.let("n", Expr.divide(row, height));
    Expr y = oneBatch ? row : builder.let("y", Expr.remainder(row, height));
    Expr first = geometry.firstRow(y);
    Expr start =
        builder.let(
            "start",
            Expr.add(
                Expr.multiply(n, input.stride(BATCH)), Expr.multiply(first, input.stride(ROW))));
    Row place =
        new Row(
            n,
            y,
            start,
            geometry.kernelRowFrom(builder, first),
            geometry.kernelRowTo(builder, first));
    for (RowTiles.Segment segment : tiles.segments()) {
      builder.loop(
          "tile",
          Expr.index(segment.first()),
          Expr.index(segment.first() + segment.count()),
          1,
          number -> tile(place, number, segment));
    }
  }

  private record Row(Expr n, Expr y, Expr start, Expr from, Expr to) {}

  private void tile(Row row, Expr number, RowTiles.Segment segment) {
    Expr even = Expr.multiply(number, tiles.pixels());
    Expr last = Expr.index(tiles.width() - tiles.pixels());
    Expr x =
        builder.let("x", tiles.width() % tiles.pixels() == 0 ? even : Expr.minimum(even, last));
    long padding = geometry.columns().padding() * geometry.input().stride(COLUMN);
    Expr corner =
        builder.let(
            "corner",
            Expr.add(Expr.add(row.start(), Expr.multiply(x, geometry.pixelStep())), -padding));
    lanes.forEach(builder, "channel", channel -> vector(row, x, corner, channel, segment));
  }

  private void vector(Row row, Expr x, Expr corner, Expr channel, RowTiles.Segment segment) {
    Cell cell = new Cell(row, corner, channel, segment);
    List<Expr> finished = sums.of(cell);
    for (int p = 0; p < finished.size(); p++) {
      Expr rows = Expr.add(row.to(), Expr.multiply(row.from(), -1));
      List<Expr> position = List.of(row.n(), channel, row.y(), Expr.add(x, p));
      Place place = new Place(position, rows, segment.columnsInside(p));
      builder.store(
          out, geometry.output().index(position), reduction.finish(finished.get(p), place));
    }
  }

  /// One vector of channels in one tile of a row.
  private record Cell(Row row, Expr corner, Expr channel, RowTiles.Segment segment) {}

  /// Writes what computes the sum of each pixel.
  private interface Sums {
    List<Expr> of(Cell cell);
  }

  private List<Expr> sumsOfTaps(Cell cell) {
    Expr start = reduction.start(cell.channel(), type());
    Expr named = start instanceof Expr.Constant ? start : builder.let("start", start);
    List<Var> sums = new ArrayList<>();
    for (int p = 0; p < tiles.pixels(); p++) {
      sums.add(builder.variable("sum", named));
    }
    forEachKernelRow(
        cell,
        (ky, source) -> {
          for (int kx = 0; kx < geometry.kernelColumns(); kx++) {
            tap(sums, ky, kx, source, cell);
          }
        });
    return List.copyOf(sums);
  }

  /// Down the columns first: neighbours share columns, and fewer additions round less.
  private List<Expr> sumsOfColumns(Cell cell, BinaryOperator<Expr> add) {
    Expr start = reduction.start(cell.channel(), type());
    SequencedMap<Long, Var> columns = new TreeMap<>();
    for (int p = 0; p < tiles.pixels(); p++) {
      for (long column : columns(cell, p)) {
        columns.computeIfAbsent(column, _ -> builder.variable("column", start));
      }
    }
    Tap tap = reduction.tap(Expr.zero(), 0, cell.channel(), type());
    forEachKernelRow(
        cell,
        (_, source) ->
            columns.forEach((column, sum) ->
                tap.add(sum, new Expr.Load(in, Expr.add(source, column), type()))));
    return IntStream.range(0, tiles.pixels())
        .mapToObj(p ->
            columns(cell, p).stream()
                .map(column -> (Expr) columns.get(column))
                .reduce(add)
                .orElse(start))
        .toList();
  }

  /// Each row of a wide window by itself, a few columns at a time: the mean of thousands of numbers
  /// rounds as a few dozen additions do.
  private List<Expr> sumsOfRows(Cell cell, BinaryOperator<Expr> add) {
    List<Expr> finished = new ArrayList<>();
    for (int p = 0; p < tiles.pixels(); p++) {
      List<Long> columns = columns(cell, p);
      Var sum = builder.variable("sum", reduction.start(cell.channel(), type()));
      forEachKernelRow(
          cell,
          (_, source) -> {
            List<Expr> parts = new ArrayList<>();
            for (int from = 0; from < columns.size(); from += COLUMNS_AT_A_TIME) {
              int to = Math.min(from + COLUMNS_AT_A_TIME, columns.size());
              columns.subList(from, to).stream()
                  .map(column -> (Expr) new Expr.Load(in, Expr.add(source, column), type()))
                  .reduce(add)
                  .ifPresent(part -> parts.add(builder.let("part", part)));
            }
            parts.stream().reduce(add).ifPresent(row -> builder.assign(sum, add.apply(sum, row)));
          });
      finished.add(sum);
    }
    return finished;
  }

  /// Where the columns of a pixel's window lie behind the corner, those outside the picture not.
  private List<Long> columns(Cell cell, int pixel) {
    return IntStream.range(0, geometry.kernelColumns())
        .filter(kx -> cell.segment().valid().get(kx).get(pixel))
        .mapToObj(kx -> pixel * geometry.pixelStep() + kx * geometry.tapStep())
        .toList();
  }

  private void forEachKernelRow(Cell cell, BiConsumer<Expr, Expr> body) {
    builder.loop(
        "ky",
        cell.row().from(),
        cell.row().to(),
        1,
        ky -> {
          Expr offset = Expr.add(cell.corner(), Expr.multiply(ky, geometry.rowStep()));
          body.accept(ky, builder.let("source", Expr.add(offset, cell.channel())));
        });
  }

  private VectorType type() {
    return VectorType.floats(lanes.lanes());
  }

  private void tap(List<Var> sums, Expr ky, int kx, Expr source, Cell cell) {
    List<Boolean> valid = cell.segment().valid().get(kx);
    if (!valid.contains(true)) {
      return;
    }
    Tap tap = reduction.tap(ky, kx, cell.channel(), type());
    for (int p = 0; p < sums.size(); p++) {
      if (valid.get(p)) {
        Expr index = Expr.add(source, p * geometry.pixelStep() + kx * geometry.tapStep());
        tap.add(sums.get(p), new Expr.Load(in, index, type()));
      }
    }
  }
}
