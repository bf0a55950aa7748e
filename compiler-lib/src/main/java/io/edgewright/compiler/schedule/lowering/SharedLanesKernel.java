package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.schedule.ConvolutionMethod;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Convolution and matrix product with constant weights and few output channels: see [SharedLanes].
///
/// `out[n,m,y,x] = epilogue(bias[m] + sum_{ky,kx,c} in[n,c,y',x'] * w[m,c,ky,kx])`
///
/// A tile is some pixels of a row, each with one vector of partial sums: lane `m * terms + t` adds
/// up every term of channel m whose number is t modulo `terms`. At the end neighbouring lanes are
/// added until one is left of every channel; by then a vector holds the channels of `terms` pixels,
/// in the order in which they are stored.
///
/// Weights of 0 meet numbers of the input that a window does not see. That changes nothing unless
/// these are infinite, so `fp32-direct` goes without.
final class SharedLanesKernel {
  /// Steps of the innermost loop that are written out.
  private static final int UNROLL = 4;

  private final LoopBuilder builder;
  private final Geometry geometry;
  private final SharedLanes sharing;
  private final RowTiles rowTiles;
  private final Epilogue epilogue;
  private final Pointer in;
  private final Pointer weights;
  private final Pointer out;

  SharedLanesKernel(
      LoopBuilder builder,
      Geometry geometry,
      SharedLanes sharing,
      Buffer packed,
      Epilogue epilogue) {
    this.builder = builder;
    this.geometry = geometry;
    this.sharing = sharing;
    this.rowTiles = sharing.rowTiles(geometry);
    this.epilogue = epilogue;
    this.in = builder.reads("in", geometry.input());
    View view = new View(packed, ElementType.FLOAT32, 0, List.of(packedElements()), List.of(1L));
    this.weights = builder.reads("weights", view);
    this.out = builder.writes("out", geometry.output());
  }

  /// Writes the kernel where it is possible and takes less time than others; answers whether it
  /// did.
  static boolean lower(
      LoweringContext context,
      Node node,
      Geometry geometry,
      PackedWeights.Source source,
      Expression epilogue,
      List<View> extras) {
    if (context.method() != ConvolutionMethod.FASTEST) {
      return false;
    }
    Optional<SharedLanes> sharing = SharedLanes.choose(context.machine(), geometry, extras);
    sharing.ifPresent(chosen -> {
      Buffer packed = context.weights().add(pack(chosen, geometry, source));
      LoopBuilder builder = context.function("convolution", node);
      Epilogue last = Epilogue.of(builder, epilogue, extras);
      var kernel = new SharedLanesKernel(builder, geometry, chosen, packed, last);
      context.add(builder.finish(kernel.emit(context.machine())));
    });
    return sharing.isPresent();
  }

  private long packedElements() {
    return sharing.lanes() + geometry.kernelRows() * sharing.rowElements();
  }

  /// The bias in the first lane of every channel, then for each kernel row the weights in the order
  /// in which the kernel reads them.
  private static float[] pack(SharedLanes sharing, Geometry geometry, PackedWeights.Source source) {
    int depth = Math.toIntExact(geometry.input().extent(CHANNEL));
    long rowElements = sharing.rowElements();
    int size = Math.toIntExact(sharing.lanes() + geometry.kernelRows() * rowElements);
    float[] packed = new float[size];
    for (int channel = 0; channel < geometry.output().extent(CHANNEL); channel++) {
      packed[channel * sharing.terms()] = source.bias(channel);
      for (int ky = 0; ky < geometry.kernelRows(); ky++) {
        for (int term = 0; term < depth * geometry.kernelColumns(); term++) {
          long place = sharing.before() + term;
          long at =
              place / sharing.terms() * sharing.lanes()
                  + (long) channel * sharing.terms()
                  + place % sharing.terms();
          packed[Math.toIntExact(sharing.lanes() + ky * rowElements + at)] =
              source.weight(channel, term % depth, ky, term / depth);
        }
      }
    }
    return packed;
  }

  /// Writes the loops; returns the number of tasks.
  long emit(Machine machine) {
    RegisterTile tile = new RegisterTile(sharing.pixels(), 1, sharing.lanes());
    TileLoops loops =
        new TileLoops(
            builder,
            geometry,
            tile,
            rowTiles,
            1,
            geometry.input().extent(CHANNEL),
            packedElements());
    return loops.emit(machine, (row, x, segment) -> tile(loops, row, x, segment));
  }

  /// Where a pixel's run begins, in the row and among the row's weights.
  private record Start(Expr source, Expr weight) {}

  private void tile(TileLoops loops, TileLoops.Row row, Expr x, RowTiles.Segment segment) {
    Expr bias = builder.let("bias", new Expr.Load(weights, Expr.zero(), vector()));
    List<Var> sums = new ArrayList<>();
    List<Start> starts = new ArrayList<>();
    for (int pixel = 0; pixel < sharing.pixels(); pixel++) {
      sums.add(builder.variable("sum", bias));
      Expr place = Expr.add(x, pixel);
      starts.add(segment.isInterior() ? start(place) : startInside(loops, place));
    }
    builder.loop(
        "ky",
        row.from(),
        row.to(),
        1,
        ky -> {
          Expr source = Expr.add(row.start(), Expr.multiply(ky, geometry.rowStep()));
          Expr weight = Expr.add(Expr.multiply(ky, sharing.rowElements()), sharing.lanes());
          run(
              sums,
              starts,
              segment.isInterior(),
              loops.named("source", source),
              loops.named("weight", weight));
        });
    gather(row, x, sums);
  }

  private Start start(Expr x) {
    long padding = geometry.columns().padding() * geometry.input().stride(COLUMN);
    Expr source = Expr.add(Expr.multiply(x, geometry.pixelStep()), -padding);
    return new Start(source, Expr.index(sharing.before() * sharing.channels()));
  }

  /// The run moves until it is inside, the weights by as much the other way.
  private Start startInside(TileLoops loops, Expr x) {
    Expr wanted = loops.named("wanted", start(x).source());
    long last = geometry.input().extent(COLUMN) * geometry.input().stride(COLUMN) - sharing.run();
    Expr source =
        loops.named("inside", Expr.maximum(Expr.zero(), Expr.minimum(wanted, Expr.index(last))));
    Expr moved = Expr.add(Expr.add(source, Expr.multiply(wanted, -1)), sharing.before());
    return new Start(source, loops.named("shifted", Expr.multiply(moved, sharing.channels())));
  }

  /// Adds the products of one row of the window to every pixel's sums.
  private void run(List<Var> sums, List<Start> starts, boolean together, Expr source, Expr weight) {
    long steps = sharing.run() / sharing.terms();
    long unroll = steps <= 2 * UNROLL ? steps : UNROLL;
    long whole = steps / unroll * unroll;
    builder.loop(
        "k",
        Expr.zero(),
        Expr.index(whole),
        unroll,
        k -> {
          for (long step = 0; step < unroll; step++) {
            step(sums, starts, together, source, weight, Expr.add(k, step));
          }
        });
    for (long step = whole; step < steps; step++) {
      step(sums, starts, together, source, weight, Expr.index(step));
    }
  }

  private void step(
      List<Var> sums, List<Start> starts, boolean together, Expr source, Expr weight, Expr k) {
    Expr element = Expr.add(source, Expr.multiply(k, sharing.terms()));
    Expr place = Expr.add(weight, Expr.multiply(k, sharing.lanes()));
    Expr shared = together ? builder.let("w", weightsAt(place, starts.getFirst())) : Expr.zero();
    for (int pixel = 0; pixel < sums.size(); pixel++) {
      Start start = starts.get(pixel);
      Expr w = together ? shared : builder.let("w", weightsAt(place, start));
      Expr value = builder.let("value", inputAt(Expr.add(element, start.source())));
      builder.emit(new Stmt.MultiplyAdd(sums.get(pixel), value, w));
    }
  }

  private Expr weightsAt(Expr place, Start start) {
    return new Expr.Load(weights, Expr.add(place, start.weight()), vector());
  }

  /// The terms from here on, again for each channel.
  private Expr inputAt(Expr index) {
    Expr value = new Expr.Load(in, index, VectorType.floats(sharing.terms()));
    while (value.type().lanes() < sharing.lanes()) {
      VectorType wider = VectorType.floats(2 * value.type().lanes());
      value = new Expr.Call("twice", List.of(value), wider);
    }
    return value;
  }

  private VectorType vector() {
    return VectorType.floats(sharing.lanes());
  }

  private void gather(TileLoops.Row row, Expr x, List<Var> sums) {
    for (int first = 0; first < sums.size(); first += sharing.terms()) {
      List<? extends Expr> rest = sums.subList(first, first + sharing.terms());
      while (rest.size() > 1) {
        List<Expr> pairs = new ArrayList<>();
        for (int i = 0; i < rest.size(); i += 2) {
          List<Expr> two = List.of(rest.get(i), rest.get(i + 1));
          pairs.add(builder.let("pairs", new Expr.Call("add_pairs", two, vector())));
        }
        rest = pairs;
      }
      store(row, Expr.add(x, first), rest.getFirst());
    }
  }

  /// Stores the channels of as many pixels as a channel has lanes.
  private void store(TileLoops.Row row, Expr x, Expr values) {
    View output = geometry.output();
    List<Expr> position = List.of(row.n(), Expr.zero(), row.y(), x);
    int axis = sharing.channels() == 1 ? COLUMN : CHANNEL;
    Expr results = epilogue.apply(builder, values, position, axis);
    if (SharedLanes.isDense(output, sharing.channels())) {
      builder.store(out, output.index(position), results);
      return;
    }
    Var all = builder.let("results", results);
    for (int pixel = 0; pixel < sharing.terms(); pixel++) {
      for (int channel = 0; channel < output.extent(CHANNEL); channel++) {
        Expr index =
            output.index(List.of(row.n(), Expr.index(channel), row.y(), Expr.add(x, pixel)));
        builder.store(out, index, new Expr.Lane(all, pixel * sharing.channels() + channel));
      }
    }
  }
}
