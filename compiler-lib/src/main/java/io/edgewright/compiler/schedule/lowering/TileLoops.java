package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.BATCH;
import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;
import static io.edgewright.compiler.schedule.lowering.Geometry.ROW;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.View;

/// The loops around a tile of a convolution with packed weights, outermost first: groups, panels of
/// output channels, rows, tiles of a row. Tasks are rows, or tiles of the only row, or panels,
/// whichever there are more of.
///
/// @param depth input channels of a group
/// @param panelElements packed weights of a panel
record TileLoops(
    LoopBuilder builder,
    Geometry geometry,
    RegisterTile tile,
    RowTiles rowTiles,
    long groups,
    long depth,
    long panelElements) {
  /// What stands inside the loops.
  interface Tile {
    /// @param x the first output pixel
    void at(Row row, Expr x, RowTiles.Segment segment);
  }

  /// Where a row of tiles stands.
  ///
  /// @param start the input row that kernel row 0 reads, its pixel 0
  /// @param from first kernel row inside the picture
  /// @param to kernel row after the last inside
  /// @param base of the panel's weights
  /// @param channel first output channel
  record Row(Expr n, Expr y, Expr start, Expr from, Expr to, Expr base, Expr channel) {}

  /// Output channels of a group.
  private long channels() {
    return geometry.output().extent(CHANNEL) / groups;
  }

  /// Writes the loops; returns the number of tasks.
  long emit(Machine machine, Tile body) {
    long rows = geometry.output().extent(BATCH) * geometry.output().extent(ROW);
    long panels = tile.panels(channels());
    long tiles = rows == 1 && rowTiles.segments().size() == 1 ? rowTiles.tiles() : 1;
    long work = rows * geometry.output().extent(COLUMN) * groups * panels * panelElements;
    Tasks byRow = Tasks.of(machine, rows, work);
    Tasks byTile = Tasks.of(machine, tiles, work);
    Tasks byPanel = Tasks.of(machine, panels, work);
    if (byTile.count() > Math.max(byRow.count(), byPanel.count())) {
      panelLoops(whole(panels), whole(rows), byTile, body);
      return byTile.count();
    }
    if (byPanel.count() > byRow.count()) {
      panelLoops(byPanel, whole(rows), whole(rowTiles.tiles()), body);
      return byPanel.count();
    }
    panelLoops(whole(panels), byRow, whole(rowTiles.tiles()), body);
    return byRow.count();
  }

  private static Tasks whole(long extent) {
    return Tasks.one(Expr.index(extent), extent);
  }

  private void panelLoops(Tasks panels, Tasks rows, Tasks tiles, Tile body) {
    builder.loop(
        "group",
        groups,
        group ->
            builder.loop(
                "panel",
                panels.from(),
                panels.to(),
                1,
                panel -> {
                  Expr number = Expr.add(Expr.multiply(group, tile.panels(channels())), panel);
                  Expr base = named("base", Expr.multiply(number, panelElements));
                  Expr channel = named("channel", tile.firstChannel(channels(), group, panel));
                  builder.loop(
                      "row",
                      rows.from(),
                      rows.to(),
                      1,
                      index -> {
                        Row row = row(index, group, base, channel);
                        for (RowTiles.Segment segment : rowTiles.segments()) {
                          tileLoop(row, segment, tiles, body);
                        }
                      });
                }));
  }

  private Row row(Expr row, Expr group, Expr base, Expr channel) {
    long height = geometry.output().extent(ROW);
    View input = geometry.input();
    boolean oneBatch = geometry.output().extent(BATCH) == 1;
    Expr n = oneBatch ? Expr.zero() : named("n", Expr.divide(row, height));
    Expr y = oneBatch ? row : named("y", Expr.remainder(row, height));
    Expr first = named("first", geometry.firstRow(y));
    Expr start =
        Expr.add(
            Expr.add(
                Expr.multiply(n, input.stride(BATCH)), Expr.multiply(first, input.stride(ROW))),
            Expr.multiply(group, depth * input.stride(CHANNEL)));
    Expr from = geometry.kernelRowFrom(builder, first);
    Expr to = geometry.kernelRowTo(builder, first);
    return new Row(n, y, named("start", start), from, to, base, channel);
  }

  private void tileLoop(Row row, RowTiles.Segment segment, Tasks tiles, Tile body) {
    boolean all = tiles.count() == 1;
    Expr from = all ? Expr.index(segment.first()) : tiles.from();
    Expr to = all ? Expr.index(segment.first() + segment.count()) : tiles.to();
    builder.loop(
        "tile",
        from,
        to,
        1,
        number -> {
          body.at(row, named("x", rowTiles.pixel(number)), segment);
        });
  }

  /// The value by a name, where it is not short already.
  Expr named(String name, Expr value) {
    return value instanceof Expr.Index || value instanceof Var ? value : builder.let(name, value);
  }
}
