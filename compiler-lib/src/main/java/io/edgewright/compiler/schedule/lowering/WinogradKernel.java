package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;
import static io.edgewright.compiler.schedule.lowering.Geometry.ROW;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Winograd's convolution, strip by strip.
///
/// 1. `spread[tile][place][c] = B^T d B` of the tile's inputs;
/// 2. `products[tile][place][m] = sum_c spread[tile][place][c] * w[place][c][m]`, a [DenseKernel];
/// 3. `out = epilogue(A^T products A)`.
///
/// A task works on some strips, one after the other, in memory of its own: there is one for a core,
/// no more. The last tile of a row and the last strip start early.
final class WinogradKernel {
  private final LoopBuilder builder;
  private final Machine machine;
  private final Geometry geometry;
  private final WinogradTiles tiles;
  private final Winograd method;
  private final Epilogue epilogue;
  private final Tasks tasks;
  private final View spread;
  private final View products;
  private final Pointer in;
  private final Pointer out;
  private final Pointer spreadPointer;
  private final Pointer productsPointer;

  WinogradKernel(
      LoweringContext context,
      LoopBuilder builder,
      Geometry geometry,
      WinogradTiles tiles,
      Epilogue epilogue) {
    this.builder = builder;
    this.machine = context.machine();
    this.geometry = geometry;
    this.tiles = tiles;
    this.method = tiles.method();
    this.epilogue = epilogue;
    long inputs = geometry.input().extent(CHANNEL);
    long outputs = geometry.output().extent(CHANNEL);
    long work = tiles.strips() * tiles.tiles() * method.places() * inputs * outputs;
    long useful = Tasks.of(machine, tiles.strips(), work).count();
    this.tasks =
        new Tasks(Math.min(useful, machine.cores()), Expr.index(tiles.strips()), tiles.strips());
    this.spread = scratch(context, inputs);
    this.products = scratch(context, outputs);
    this.in = builder.reads("in", geometry.input());
    this.out = builder.writes("out", geometry.output());
    this.spreadPointer = builder.writes("spread", spread);
    this.productsPointer = builder.writes("products", products);
  }

  /// A picture for each task, with the tiles of a strip as pixels and channels for each place.
  private View scratch(LoweringContext context, long channels) {
    Shape shape = Shape.of(tasks.count(), method.places() * channels, 1, tiles.tiles());
    return context.scratch(ElementType.FLOAT32, shape, List.of(0, ROW, COLUMN, CHANNEL));
  }

  /// Writes the loops; returns the number of tasks.
  long emit(PackedWeights packed, Buffer panels) {
    Geometry pointwise = new Geometry(spread, products, Window.pointwise(2));
    var places =
        new DenseKernel.Places(
            pointwise,
            spreadPointer,
            productsPointer,
            Epilogue.of(builder, Expression.identity(), List.of()));
    DenseKernel dense = new DenseKernel(builder, machine, places, packed, panels);
    builder.loop(
        "strip",
        tasks.from(),
        tasks.to(),
        1,
        strip -> {
          Expr start = Expr.multiply(strip, tiles.stripRows());
          Expr last = Expr.index(tiles.rows() - tiles.stripRows());
          boolean even = tiles.rows() % tiles.stripRows() == 0;
          Expr first = builder.let("first", even ? start : Expr.minimum(start, last));
          eachTile(first, spread, this::spreadTile);
          dense.emitPictureOfTask(tasks.count());
          eachTile(first, products, this::collectTile);
        });
    return tasks.count();
  }

  /// A tile of the picture.
  ///
  /// @param y first output row
  /// @param x first output column
  /// @param place of its first element in spread or products
  private record Tile(Expr y, Expr x, Expr place) {}

  private interface TileBody {
    void accept(Tile tile);
  }

  private void eachTile(Expr firstRow, View memory, TileBody body) {
    Expr task = tasks.count() == 1 ? Expr.zero() : LoopFunction.TASK;
    builder.loop(
        "r",
        tiles.stripRows(),
        r -> {
          Expr y = start(Expr.add(firstRow, r), geometry.output().extent(ROW));
          Expr row = Expr.multiply(r, tiles.columns());
          builder.loop(
              "t",
              tiles.columns(),
              t -> {
                Expr x = start(t, geometry.output().extent(COLUMN));
                Expr place =
                    Expr.add(
                        Expr.multiply(task, memory.stride(0)),
                        Expr.multiply(Expr.add(row, t), memory.stride(COLUMN)));
                body.accept(new Tile(y, x, builder.let("place", place)));
              });
        });
  }

  private Expr start(Expr tile, long extent) {
    Expr plain = Expr.multiply(tile, method.outputs());
    boolean even = extent % method.outputs() == 0;
    Expr last = Expr.index(extent - method.outputs());
    return builder.let("start", even ? plain : Expr.minimum(plain, last));
  }

  private void spreadTile(Tile tile) {
    long channels = geometry.input().extent(CHANNEL);
    Lanes cover = Lanes.of(channels, machine.floatLanes());
    VectorType type = VectorType.floats(cover.lanes());
    Inputs rows = inputs(tile.y(), ROW, type);
    Inputs columns = inputs(tile.x(), COLUMN, type);
    cover.forEach(
        builder,
        "c",
        c -> {
          List<List<Expr>> byColumn = columnsOf(rows, columns, c, type);
          for (int column = 0; column < method.inputs(); column++) {
            List<Expr> sums =
                method.transformInput(
                    builder, byColumn.get(column), rows.firstFactor(), rows.lastFactor());
            for (int row = 0; row < method.inputs(); row++) {
              long place = (row * (long) method.inputs() + column) * channels;
              builder.store(
                  spreadPointer, Expr.add(Expr.add(tile.place(), place), c), sums.get(row));
            }
          }
        });
  }

  /// The inputs with their rows transformed, as columns.
  private List<List<Expr>> columnsOf(Inputs rows, Inputs columns, Expr c, VectorType type) {
    List<List<Expr>> byColumn = new ArrayList<>();
    for (int column = 0; column < method.inputs(); column++) {
      byColumn.add(new ArrayList<>());
    }
    for (Expr row : rows.starts()) {
      List<Expr> values = new ArrayList<>();
      for (Expr column : columns.starts()) {
        Expr index = Expr.add(Expr.add(row, column), c);
        values.add(builder.let("d", new Expr.Load(in, index, type)));
      }
      List<Expr> sums =
          method.transformInput(builder, values, columns.firstFactor(), columns.lastFactor());
      for (int column = 0; column < sums.size(); column++) {
        byColumn.get(column).add(sums.get(column));
      }
    }
    return byColumn;
  }

  /// What a tile reads along one axis.
  ///
  /// @param starts positions in memory; what would lie outside is read from the border
  /// @param firstFactor of the first input, 0 where it lies outside
  /// @param lastFactor of the last input, 0 where it lies outside
  private record Inputs(List<Expr> starts, Expr firstFactor, Expr lastFactor) {}

  private Inputs inputs(Expr start, int axis, VectorType type) {
    int number = axis - ROW;
    Window window = geometry.window();
    boolean before = window.padsBegin().get(number) > 0;
    boolean behind = window.padsEnd().get(number) > 0;
    long last = geometry.input().extent(axis) - 1;
    Expr first = Expr.add(start, -window.padsBegin().get(number));
    List<Expr> starts = new ArrayList<>();
    for (int i = 0; i < method.inputs(); i++) {
      Expr position = Expr.add(first, i);
      if (i == 0 && before) {
        position = Expr.maximum(position, Expr.zero());
      } else if (i == method.inputs() - 1 && behind) {
        position = Expr.minimum(position, Expr.index(last));
      }
      starts.add(builder.let("at", Expr.multiply(position, geometry.input().stride(axis))));
    }
    Expr room = Expr.subtract(last + 1, Expr.add(first, method.inputs() - 1));
    return new Inputs(
        starts,
        factor(before, Expr.add(first, 1), method.firstFactor(), type),
        factor(behind, room, 1, type));
  }

  /// A factor where `inside` is positive, 0 where it is 0.
  private Expr factor(boolean varies, Expr inside, double factor, VectorType type) {
    Expr constant = new Expr.Constant(type, factor);
    if (!varies) {
      return builder.let("factor", constant);
    }
    Expr one = Expr.minimum(inside, Expr.index(1));
    Expr real = new Expr.Call("convert", List.of(one), VectorType.floats(1));
    return builder.let("factor", Expr.multiply(constant, Arithmetic.splat(real, type)));
  }

  private void collectTile(Tile tile) {
    long channels = geometry.output().extent(CHANNEL);
    Lanes cover = Lanes.of(channels, machine.floatLanes());
    VectorType type = VectorType.floats(cover.lanes());
    cover.forEach(
        builder,
        "c",
        c -> {
          List<List<Expr>> byRow = new ArrayList<>();
          for (int row = 0; row < method.outputs(); row++) {
            byRow.add(new ArrayList<>());
          }
          for (int column = 0; column < method.inputs(); column++) {
            List<Expr> values = new ArrayList<>();
            for (int row = 0; row < method.inputs(); row++) {
              long place = (row * (long) method.inputs() + column) * channels;
              Expr index = Expr.add(Expr.add(tile.place(), place), c);
              values.add(builder.let("p", new Expr.Load(productsPointer, index, type)));
            }
            List<Expr> sums = method.transformOutput(builder, values);
            for (int row = 0; row < method.outputs(); row++) {
              byRow.get(row).add(sums.get(row));
            }
          }
          storeTile(tile, byRow, c);
        });
  }

  private void storeTile(Tile tile, List<List<Expr>> byRow, Expr c) {
    for (int row = 0; row < method.outputs(); row++) {
      List<Expr> sums = method.transformOutput(builder, byRow.get(row));
      for (int column = 0; column < method.outputs(); column++) {
        List<Expr> position =
            List.of(Expr.zero(), c, Expr.add(tile.y(), row), Expr.add(tile.x(), column));
        Expr value = epilogue.apply(builder, sums.get(column), position, CHANNEL);
        builder.store(out, geometry.output().index(position), value);
      }
    }
  }
}
