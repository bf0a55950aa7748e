package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.BATCH;
import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;
import static io.edgewright.compiler.schedule.lowering.Geometry.ROW;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;

/// Convolution of bytes with as many groups as channels. `out[n,c,y,x] = epilogue(bias[c] +
/// sum_{ky,kx} in[n,c,y',x'] * w[c,ky,kx])`, exact in 32 bits
///
/// Lanes are channels. Input columns of a tile are taken one after the other; the bytes of up to
/// four kernel rows stand side by side in a word, which meets the weights of the same rows (`dot`)
/// for every pixel that sees the column. Rows and columns outside the picture are known at compile
/// time and are constants.
final class ByteDepthwiseLowering {
  private final LoopBuilder builder;
  private final Machine machine;
  private final Geometry geometry;
  private final DepthwiseWords words;
  private final Epilogue epilogue;
  private final RowTiles columns;
  private final RowTiles rows;
  private final Lanes lanes;
  private final VectorType type;
  private final Pointer in;
  private final Pointer weights;
  private final Pointer out;

  private ByteDepthwiseLowering(
      LoopBuilder builder,
      Machine machine,
      Geometry geometry,
      DepthwiseWords words,
      View packed,
      Epilogue epilogue) {
    this.builder = builder;
    this.machine = machine;
    this.geometry = geometry;
    this.words = words;
    this.epilogue = epilogue;
    this.columns =
        RowTiles.of(geometry.columns(), PixelsPerTile.ofTaps(machine, geometry.columns()));
    this.rows = RowTiles.of(geometry.rows(), 1);
    this.lanes = Lanes.of(geometry.output().extent(CHANNEL), machine.floatLanes());
    this.type = new VectorType(ElementType.INT32, lanes.lanes());
    this.in = builder.reads("in", words.asRead(geometry.input()));
    this.weights = builder.reads("weights", packed);
    this.out = builder.writes("out", geometry.output());
  }

  static void lower(
      LoweringContext context,
      Node node,
      Op.Convolution op,
      View input,
      View output,
      List<View> extras) {
    Geometry geometry = new Geometry(context.dense(input, CHANNEL, node), output, op.window());
    DepthwiseWords words = DepthwiseWords.of(context.machine(), geometry, op.outside());
    int[] packed =
        words.pack(
            context.graph().constant(node.input(1)), context.graph().constant(node.input(2)));
    LoopBuilder builder = context.function("depthwise_bytes", node);
    View packedView =
        new View(
            context.weights().add(packed),
            ElementType.INT32,
            0,
            List.of((long) packed.length),
            List.of(1L));
    ByteDepthwiseLowering lowering =
        new ByteDepthwiseLowering(
            builder,
            context.machine(),
            geometry,
            words,
            packedView,
            Epilogue.of(builder, op.epilogue(), extras));
    context.add(builder.finish(lowering.emit()));
  }

  /// Writes the loops; returns the number of tasks, which are rows.
  private long emit() {
    View output = geometry.output();
    long taps = (long) geometry.kernelRows() * geometry.kernelColumns();
    Tasks tasks = Tasks.of(machine, output.extent(ROW), output.elements() * taps);
    builder.loop(
        "n",
        output.extent(BATCH),
        n -> {
          for (RowTiles.Segment segment : rows.segments()) {
            builder.loop(
                "row",
                largest(tasks.from(), segment.first()),
                smallest(tasks.to(), segment.first() + segment.count()),
                1,
                y -> row(n, y, segment));
          }
        });
    return tasks.count();
  }

  private static Expr largest(Expr from, long first) {
    return from instanceof Expr.Index ? Expr.index(first) : Expr.maximum(from, Expr.index(first));
  }

  private static Expr smallest(Expr to, long last) {
    return to instanceof Expr.Index ? Expr.index(last) : Expr.minimum(to, Expr.index(last));
  }

  /// One output row, all of whose pixels see the same kernel rows.
  private void row(Expr n, Expr y, RowTiles.Segment seen) {
    View input = geometry.input();
    Expr first = Expr.multiply(geometry.firstRow(y), input.stride(ROW));
    Expr start = builder.let("start", Expr.add(Expr.multiply(n, input.stride(BATCH)), first));
    long padding = geometry.columns().padding() * input.stride(COLUMN);
    for (RowTiles.Segment segment : columns.segments()) {
      builder.loop(
          "tile",
          Expr.index(segment.first()),
          Expr.index(segment.first() + segment.count()),
          1,
          number -> {
            Expr x = builder.let("x", columns.pixel(number));
            Expr moved = Expr.add(Expr.multiply(x, geometry.pixelStep()), -padding);
            Expr corner = builder.let("corner", Expr.add(start, moved));
            lanes.forEach(
                builder,
                "channel",
                channel -> {
                  List<Var> sums = sums(channel, Expr.add(corner, channel), seen, segment);
                  for (int p = 0; p < sums.size(); p++) {
                    List<Expr> position = List.of(n, channel, y, Expr.add(x, p));
                    Expr value = epilogue.apply(builder, sums.get(p), position, CHANNEL);
                    builder.store(out, geometry.output().index(position), value);
                  }
                });
          });
    }
  }

  private List<Var> sums(
      Expr channel, Expr source, RowTiles.Segment seen, RowTiles.Segment segment) {
    Expr bias = builder.let("bias", new Expr.Load(weights, channel, type));
    List<Var> sums = new ArrayList<>();
    for (int p = 0; p < columns.pixels(); p++) {
      sums.add(builder.variable("sum", bias));
    }
    RowTiles.Axis axis = geometry.columns();
    for (int part = 0; part < words.parts(); part++) {
      List<Expr> factors = new ArrayList<>();
      for (int kx = 0; kx < axis.kernel(); kx++) {
        Expr index = Expr.add(channel, words.index(part, kx));
        factors.add(builder.let("w", new Expr.Load(weights, index, type)));
      }
      int span = (columns.pixels() - 1) * axis.stride() + (axis.kernel() - 1) * axis.dilation();
      for (int column = 0; column <= span; column++) {
        column(sums, factors, new Column(part, column), source, seen, segment);
      }
    }
    return sums;
  }

  /// An input column of a tile, and which part of the kernel's rows is looked at.
  private record Column(int part, int number) {}

  /// Everything that one input column adds.
  private void column(
      List<Var> sums,
      List<Expr> factors,
      Column column,
      Expr source,
      RowTiles.Segment seen,
      RowTiles.Segment segment) {
    RowTiles.Axis axis = geometry.columns();
    List<Expr> loaded = new ArrayList<>();
    for (int kx = 0; kx < axis.kernel(); kx++) {
      int from = column.number() - kx * axis.dilation();
      int p = from / axis.stride();
      if (from < 0 || from % axis.stride() != 0 || p >= sums.size()) {
        continue;
      }
      boolean inside = segment.valid().get(kx).get(p);
      if (inside && loaded.isEmpty()) {
        Expr first = Expr.add(source, column.number() * geometry.input().stride(COLUMN));
        loaded.add(builder.let("word", words.load(in, first, column.part(), seen, type)));
      }
      if (inside) {
        builder.assign(sums.get(p), words.add(sums.get(p), loaded.getFirst(), factors.get(kx)));
      } else if (words.countsOutside()) {
        Expr constant = words.outside(column.part(), type);
        builder.assign(sums.get(p), words.add(sums.get(p), constant, factors.get(kx)));
      }
    }
  }
}
