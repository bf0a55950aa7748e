package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.BATCH;
import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;
import static io.edgewright.compiler.schedule.lowering.Geometry.ROW;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Convolution and matrix product with constant weights, tiled for registers.
///
/// `out[n,m,y,x] = epilogue(bias[m] + sum_{ky,kx,c} in[n,c,y',x'] * w[m,c,ky,kx])`
///
/// A tile is some pixels of a row times some vectors of output channels, kept in registers over the
/// whole sum. Weights are packed in panels, one for the channels of a tile: first the bias, then
/// the weights in the order in which the tile reads them. Loops, outermost first: groups, panels,
/// rows, tiles of a row, kernel rows, kernel columns, input channels.
final class DenseKernel {
  /// Steps of the innermost loop that are written out.
  private static final int UNROLL = 4;

  private final LoopBuilder builder;
  private final Geometry geometry;
  private final RegisterTile tile;
  private final PackedWeights packed;
  private final Epilogue epilogue;
  private final boolean memoryOperands;
  private final RowTiles rowTiles;
  private final Pointer in;
  private final Pointer out;
  private final Pointer weights;

  DenseKernel(
      LoopBuilder builder,
      Machine machine,
      Geometry geometry,
      PackedWeights packed,
      Buffer panels,
      Epilogue epilogue) {
    this(
        builder,
        machine,
        new Places(
            geometry,
            builder.reads("in", geometry.input()),
            builder.writes("out", geometry.output()),
            epilogue),
        packed,
        panels);
  }

  /// What the kernel reads and writes, where somebody else has pointers to it already.
  record Places(Geometry geometry, Pointer in, Pointer out, Epilogue epilogue) {}

  DenseKernel(
      LoopBuilder builder, Machine machine, Places places, PackedWeights packed, Buffer panels) {
    this.builder = builder;
    this.geometry = places.geometry();
    this.tile = packed.tile();
    this.packed = packed;
    this.epilogue = places.epilogue();
    this.memoryOperands = machine.memoryOperands();
    this.rowTiles = RowTiles.of(geometry.columns(), tile.pixels());
    this.in = places.in();
    View weightsView =
        new View(panels, ElementType.FLOAT32, 0, List.of(packed.elements()), List.of(1L));
    this.weights = builder.reads("weights", weightsView);
    this.out = places.out();
  }

  /// Writes the loops for the picture of a batch whose number is the task's: a picture for each
  /// task.
  void emitPictureOfTask(long tasks) {
    panelLoops(
        whole(packed.panels()),
        new Tasks(tasks, Expr.index(tasks), tasks),
        whole(rowTiles.tiles()));
  }

  /// Writes the loops; returns the number of tasks. Tasks are rows, or tiles of the only row, or
  /// panels, whichever there are more of.
  long emit(Machine machine) {
    View output = geometry.output();
    long rows = output.extent(BATCH) * output.extent(ROW);
    Expr rowCount = Expr.multiply(output.count(BATCH), output.extent(ROW));
    long panels = packed.panels();
    long tiles = rows == 1 && rowTiles.segments().size() == 1 ? rowTiles.tiles() : 1;
    long vectors = packed.elements() / tile.lanes();
    long work = rows * output.extent(COLUMN) * vectors * machine.floatLanes();
    Tasks byRow = Tasks.of(machine, rowCount, rows, work);
    Tasks byTile = Tasks.of(machine, tiles == 1 ? Expr.index(1) : tileCount(), tiles, work);
    Tasks byPanel = Tasks.of(machine, panels, work);
    if (byTile.count() > Math.max(byRow.count(), byPanel.count())) {
      panelLoops(whole(panels), Tasks.one(rowCount, rows), byTile);
      return byTile.count();
    }
    if (byPanel.count() > byRow.count()) {
      panelLoops(byPanel, Tasks.one(rowCount, rows), whole(rowTiles.tiles()));
      return byPanel.count();
    }
    panelLoops(whole(panels), byRow, whole(rowTiles.tiles()));
    return byRow.count();
  }

  /// Tiles of a row that have pixels.
  private Expr tileCount() {
    View output = geometry.output();
    return Lanes.of(rowTiles.width(), tile.pixels()).upTo(output.count(COLUMN)).vectorCount();
  }

  private static Tasks whole(long extent) {
    return Tasks.one(Expr.index(extent), extent);
  }

  private void panelLoops(Tasks panels, Tasks rows, Tasks tiles) {
    builder.loop(
        "group",
        packed.groups(),
        group ->
            builder.loop(
                "panel",
                panels.from(),
                panels.to(),
                1,
                panel -> {
                  Expr number = Expr.add(Expr.multiply(group, packed.panels()), panel);
                  Expr base = named("base", Expr.multiply(number, packed.panelElements()));
                  Expr channel = named("channel", packed.firstChannel(group, panel));
                  rowLoop(group, base, channel, rows, tiles);
                }));
  }

  private void rowLoop(Expr group, Expr base, Expr channel, Tasks rows, Tasks tiles) {
    long height = geometry.output().extent(ROW);
    builder.loop(
        "row",
        rows.from(),
        rows.to(),
        1,
        row -> {
          boolean oneBatch = geometry.output().extent(BATCH) == 1;
          Expr n = oneBatch ? Expr.zero() : named("n", Expr.divide(row, height));
          Expr y = oneBatch ? row : named("y", Expr.remainder(row, height));
          Expr first = named("first", geometry.firstRow(y));
          View input = geometry.input();
          Expr rowStart =
              Expr.add(
                  Expr.add(
                      Expr.multiply(n, input.stride(BATCH)),
                      Expr.multiply(first, input.stride(ROW))),
                  Expr.multiply(group, packed.depth() * input.stride(CHANNEL)));
          Expr from = geometry.kernelRowFrom(builder, first);
          Expr to = geometry.kernelRowTo(builder, first);
          Row place = new Row(n, y, named("start", rowStart), from, to, base, channel);
          for (RowTiles.Segment segment : rowTiles.segments()) {
            tileLoop(place, segment, tiles);
          }
        });
  }

  /// Where a row of tiles stands.
  private record Row(Expr n, Expr y, Expr start, Expr from, Expr to, Expr base, Expr channel) {}

  private void tileLoop(Row row, RowTiles.Segment segment, Tasks tiles) {
    boolean all = tiles.count() == 1;
    Expr from = all ? Expr.index(segment.first()) : tiles.from();
    Expr to = all ? end(segment) : tiles.to();
    builder.loop(
        "tile",
        from,
        to,
        1,
        number -> {
          Expr start = Expr.multiply(number, tile.pixels());
          Expr last = Expr.index(rowTiles.width() - tile.pixels());
          boolean even = rowTiles.width() % tile.pixels() == 0;
          Expr x = named("x", even ? start : Expr.minimum(start, last));
          tile(row, x, segment);
        });
  }

  private Expr end(RowTiles.Segment segment) {
    Expr end = Expr.index(segment.first() + segment.count());
    boolean fixed = geometry.output().dimension(COLUMN) instanceof Dimension.Fixed;
    return fixed ? end : Expr.minimum(end, tileCount());
  }

  private void tile(Row row, Expr x, RowTiles.Segment segment) {
    List<List<Var>> sums = initialSums(row);
    long padding = geometry.columns().padding() * geometry.input().stride(COLUMN);
    Expr corner =
        named(
            "corner",
            Expr.add(Expr.add(row.start(), Expr.multiply(x, geometry.pixelStep())), -padding));
    Expr firstWeight = Expr.add(row.base(), (long) tile.vectors() * tile.lanes());
    builder.loop(
        "ky",
        row.from(),
        row.to(),
        1,
        ky -> {
          Expr source = named("source", Expr.add(corner, Expr.multiply(ky, geometry.rowStep())));
          Expr weight =
              named("weight", Expr.add(firstWeight, Expr.multiply(ky, packed.kernelRowElements())));
          taps(sums, source, weight, segment);
        });
    storeSums(row, x, sums);
  }

  private List<List<Var>> initialSums(Row row) {
    List<Expr> bias = new ArrayList<>();
    for (int v = 0; v < tile.vectors(); v++) {
      bias.add(builder.let("bias", weightVector(Expr.add(row.base(), (long) v * tile.lanes()))));
    }
    List<List<Var>> sums = new ArrayList<>();
    for (int p = 0; p < tile.pixels(); p++) {
      sums.add(bias.stream().map(value -> builder.variable("sum", value)).toList());
    }
    return sums;
  }

  private void taps(List<List<Var>> sums, Expr source, Expr weight, RowTiles.Segment segment) {
    List<Integer> all = IntStream.range(0, tile.pixels()).boxed().toList();
    int columns = geometry.kernelColumns();
    boolean runsOn = geometry.input().stride(CHANNEL) == 1 && geometry.tapStep() == packed.depth();
    if (segment.isInterior() && (runsOn || columns == 1)) {
      channels(sums, all, source, weight, columns * packed.depth());
    } else if (segment.isInterior()) {
      builder.loop(
          "kx",
          columns,
          kx ->
              channels(
                  sums,
                  all,
                  named("tap", Expr.add(source, Expr.multiply(kx, geometry.tapStep()))),
                  named("weight", Expr.add(weight, Expr.multiply(kx, packed.tapElements()))),
                  packed.depth()));
    } else {
      for (int kx = 0; kx < columns; kx++) {
        List<Boolean> valid = segment.valid().get(kx);
        List<Integer> inside = all.stream().filter(valid::get).toList();
        if (!inside.isEmpty()) {
          channels(
              sums,
              inside,
              Expr.add(source, kx * geometry.tapStep()),
              Expr.add(weight, kx * packed.tapElements()),
              packed.depth());
        }
      }
    }
  }

  /// `sums[p][v] += in[source + p*pixelStep + k] * weights[weight + k*...]` for k below `depth`.
  private void channels(
      List<List<Var>> sums, List<Integer> pixels, Expr source, Expr weight, long depth) {
    long stride = geometry.input().stride(CHANNEL);
    long unroll = depth <= 2 * UNROLL ? depth : UNROLL;
    long whole = depth / unroll * unroll;
    boolean byLane = !memoryOperands && stride == 1 && unroll % 4 == 0;
    builder.loop(
        "k",
        Expr.zero(),
        Expr.index(whole),
        unroll,
        k -> steps(sums, pixels, source, weight, k, unroll, byLane));
    if (whole < depth) {
      steps(sums, pixels, source, weight, Expr.index(whole), depth - whole, false);
    }
  }

  private void steps(
      List<List<Var>> sums,
      List<Integer> pixels,
      Expr source,
      Expr weight,
      Expr k,
      long count,
      boolean byLane) {
    long stride = geometry.input().stride(CHANNEL);
    Expr element = Expr.add(source, Expr.multiply(k, stride));
    Expr panel = Expr.add(weight, Expr.multiply(k, (long) tile.vectors() * tile.lanes()));
    List<Expr> quads = List.of();
    for (int step = 0; step < count; step++) {
      if (byLane && step % 4 == 0) {
        quads = quads(pixels, Expr.add(element, step));
      }
      List<Expr> row = weightRow(Expr.add(panel, (long) step * tile.vectors() * tile.lanes()));
      for (int p = 0; p < pixels.size(); p++) {
        Expr value =
            byLane
                ? new Expr.Lane(quads.get(p), step % 4)
                : builder.let("value", inputAt(pixels.get(p), element, step * stride));
        for (int v = 0; v < row.size(); v++) {
          builder.emit(new Stmt.MultiplyAdd(sums.get(pixels.get(p)).get(v), value, row.get(v)));
        }
      }
    }
  }

  private List<Expr> quads(List<Integer> pixels, Expr element) {
    List<Expr> quads = new ArrayList<>();
    for (int pixel : pixels) {
      Expr index = Expr.add(element, pixel * geometry.pixelStep());
      quads.add(builder.let("four", new Expr.Load(in, index, VectorType.floats(4))));
    }
    return quads;
  }

  private Expr inputAt(int pixel, Expr element, long offset) {
    Expr index = Expr.add(element, pixel * geometry.pixelStep() + offset);
    return new Expr.Load(in, index, VectorType.floats(1));
  }

  private List<Expr> weightRow(Expr index) {
    List<Expr> row = new ArrayList<>();
    for (int v = 0; v < tile.vectors(); v++) {
      row.add(builder.let("w", weightVector(Expr.add(index, (long) v * tile.lanes()))));
    }
    return row;
  }

  private Expr weightVector(Expr index) {
    return new Expr.Load(weights, index, VectorType.floats(tile.lanes()));
  }

  private void storeSums(Row row, Expr x, List<List<Var>> sums) {
    for (int p = 0; p < tile.pixels(); p++) {
      for (int v = 0; v < tile.vectors(); v++) {
        Expr channel = Expr.add(row.channel(), packed.vectorStart(v));
        List<Expr> position = List.of(row.n(), channel, row.y(), Expr.add(x, p));
        Expr value = epilogue.apply(builder, sums.get(p).get(v), position, CHANNEL);
        builder.store(out, geometry.output().index(position), value);
      }
    }
  }

  private Expr named(String name, Expr value) {
    return value instanceof Expr.Index || value instanceof Var ? value : builder.let(name, value);
  }
}
