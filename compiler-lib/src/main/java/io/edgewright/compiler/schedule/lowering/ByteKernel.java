package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;
import static io.edgewright.compiler.schedule.lowering.Geometry.COLUMN;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Convolution and matrix product of bytes with constant weights, tiled for registers.
///
/// `out[n,m,y,x] = epilogue(bias[m] + sum_{ky,kx,c} in[n,c,y',x'] * w[m,c,ky,kx])`, exact in 32
/// bits
///
/// As [DenseKernel], but a step takes four input channels: the word of a pixel's four bytes goes to
/// all lanes, and each lane adds its four products (`dot`). Bytes of the input get the sign that
/// the processor wants by a flip of their highest bit; what that adds is taken off the bias.
final class ByteKernel {
  /// Steps of the innermost loop that are written out.
  private static final int UNROLL = 4;

  private static final int QUAD = PackedBytes.QUAD;

  /// Flipping them changes the sign that four bytes are read with.
  static final double HIGHEST_BITS = 0x80808080;

  private final LoopBuilder builder;
  private final Geometry geometry;
  private final RegisterTile tile;
  private final PackedBytes packed;
  private final Epilogue epilogue;
  private final Machine machine;
  private final TileLoops loops;
  private final Pointer in;
  private final Pointer out;
  private final Pointer weights;
  private final VectorType type;

  ByteKernel(
      LoopBuilder builder,
      Machine machine,
      Geometry geometry,
      PackedBytes packed,
      Buffer panels,
      Epilogue epilogue) {
    this.builder = builder;
    this.geometry = geometry;
    this.tile = packed.tile();
    this.packed = packed;
    this.epilogue = epilogue;
    this.machine = machine;
    this.loops =
        new TileLoops(
            builder,
            geometry,
            tile,
            RowTiles.of(geometry.columns(), tile.pixels()),
            packed.groups(),
            packed.depth(),
            packed.panelElements());
    this.in = builder.reads("in", geometry.input());
    View words = new View(panels, ElementType.INT32, 0, List.of(packed.elements()), List.of(1L));
    this.weights = builder.reads("weights", words);
    this.out = builder.writes("out", geometry.output());
    this.type = new VectorType(ElementType.INT32, tile.lanes());
  }

  /// Writes the loops; returns the number of tasks.
  long emit() {
    return loops.emit(machine, this::tile);
  }

  private void tile(TileLoops.Row row, Expr x, RowTiles.Segment segment) {
    List<List<Var>> sums = initialSums(row);
    long padding = geometry.columns().padding() * geometry.input().stride(COLUMN);
    Expr corner =
        loops.named(
            "corner",
            Expr.add(Expr.add(row.start(), Expr.multiply(x, geometry.pixelStep())), -padding));
    Expr firstWeight = Expr.add(row.base(), packed.firstWeight());
    builder.loop(
        "ky",
        row.from(),
        row.to(),
        1,
        ky -> {
          Expr source =
              loops.named("source", Expr.add(corner, Expr.multiply(ky, geometry.rowStep())));
          Expr weight =
              loops.named(
                  "weight", Expr.add(firstWeight, Expr.multiply(ky, packed.kernelRowElements())));
          taps(sums, source, weight, segment);
          correct(sums, row, ky, segment);
        });
    storeSums(row, x, sums);
  }

  /// The bias, and what kernel rows outside the picture add.
  private List<List<Var>> initialSums(TileLoops.Row row) {
    List<Var> bias = new ArrayList<>();
    for (int v = 0; v < tile.vectors(); v++) {
      bias.add(builder.variable("bias", vector(Expr.add(row.base(), (long) v * tile.lanes()))));
    }
    if (packed.corrects()) {
      addRows(bias, row, Expr.zero(), row.from());
      addRows(bias, row, row.to(), Expr.index(packed.kernelRows()));
    }
    List<List<Var>> sums = new ArrayList<>();
    for (int p = 0; p < tile.pixels(); p++) {
      sums.add(bias.stream().map(value -> builder.variable("sum", value)).toList());
    }
    return sums;
  }

  private void addRows(List<Var> bias, TileLoops.Row row, Expr from, Expr to) {
    Expr first = Expr.add(row.base(), packed.rowCorrections());
    builder.loop(
        "ky", from, to, 1, ky -> addTo(bias, Expr.add(first, Expr.multiply(ky, packed.width()))));
  }

  private void addTo(List<Var> sums, Expr index) {
    for (int v = 0; v < tile.vectors(); v++) {
      Expr correction = vector(Expr.add(index, (long) v * tile.lanes()));
      builder.assign(sums.get(v), Arithmetic.add(sums.get(v), correction));
    }
  }

  /// What taps beside the picture add.
  private void correct(List<List<Var>> sums, TileLoops.Row row, Expr ky, RowTiles.Segment segment) {
    if (!packed.corrects()) {
      return;
    }
    int columns = geometry.kernelColumns();
    Expr first = Expr.add(row.base(), packed.tapCorrections());
    for (int kx = 0; kx < columns; kx++) {
      for (int p = 0; p < tile.pixels(); p++) {
        if (!segment.valid().get(kx).get(p)) {
          Expr tap = Expr.add(Expr.multiply(ky, columns * packed.width()), kx * packed.width());
          addTo(sums.get(p), Expr.add(first, tap));
        }
      }
    }
  }

  private void taps(List<List<Var>> sums, Expr source, Expr weight, RowTiles.Segment segment) {
    List<Integer> all = IntStream.range(0, tile.pixels()).boxed().toList();
    int columns = geometry.kernelColumns();
    long depth = packed.depth();
    boolean runsOn = depth % QUAD == 0 && geometry.tapStep() == depth;
    if (segment.isInterior() && (runsOn || columns == 1)) {
      channels(sums, all, source, weight, columns * depth);
      return;
    }
    for (int kx = 0; kx < columns; kx++) {
      List<Boolean> valid = segment.valid().get(kx);
      List<Integer> inside = all.stream().filter(valid::get).toList();
      if (!inside.isEmpty()) {
        Expr tap = Expr.add(source, kx * geometry.tapStep());
        channels(sums, inside, tap, Expr.add(weight, kx * packed.tapElements()), depth);
      }
    }
  }

  /// All input channels of a tap: whole words, then one of what is left.
  private void channels(
      List<List<Var>> sums, List<Integer> pixels, Expr source, Expr weight, long depth) {
    long quads = depth / QUAD;
    long unroll = quads <= 2 * UNROLL ? quads : UNROLL;
    long whole = unroll == 0 ? 0 : quads / unroll * unroll;
    builder.loop(
        "k",
        Expr.zero(),
        Expr.index(whole),
        Math.max(1, unroll),
        k -> steps(sums, pixels, source, weight, k, unroll));
    if (whole < quads) {
      steps(sums, pixels, source, weight, Expr.index(whole), quads - whole);
    }
    int rest = (int) (depth % QUAD);
    if (rest > 0) {
      Expr at = Expr.add(source, quads * QUAD);
      step(
          sums,
          pixels,
          Expr.add(weight, quads * packed.width()),
          pixel -> few(Expr.add(at, pixel * geometry.pixelStep()), rest));
    }
  }

  private void steps(
      List<List<Var>> sums, List<Integer> pixels, Expr source, Expr weight, Expr k, long count) {
    Expr element = Expr.add(source, Expr.multiply(k, QUAD));
    Expr panel = Expr.add(weight, Expr.multiply(k, packed.width()));
    boolean byLane = !machine.memoryOperands();
    List<Expr> fours = List.of();
    for (int step = 0; step < count; step++) {
      Expr at = Expr.add(element, (long) step * QUAD);
      if (byLane && step % 4 == 0 && step + 4 <= count) {
        fours = fours(pixels, at);
      }
      List<Expr> loaded = fours;
      int lane = step % 4;
      boolean inLane = byLane && step / 4 * 4 + 4 <= count;
      step(
          sums,
          pixels,
          Expr.add(panel, step * packed.width()),
          pixel ->
              inLane
                  ? Arithmetic.splat(new Expr.Lane(loaded.get(pixels.indexOf(pixel)), lane), type)
                  : flipped(Arithmetic.splat(word(pixel, at), type)));
    }
  }

  /// Sixteen bytes of each pixel, as four words.
  private List<Expr> fours(List<Integer> pixels, Expr at) {
    List<Expr> fours = new ArrayList<>();
    for (int pixel : pixels) {
      Expr index = Expr.add(at, pixel * geometry.pixelStep());
      Expr bytes = new Expr.Load(in, index, new VectorType(in.element(), 4 * QUAD));
      VectorType words = new VectorType(ElementType.INT32, 4);
      Expr four = new Expr.Call("quads", List.of(bytes), words);
      fours.add(builder.let("four", flipped(four)));
    }
    return fours;
  }

  private Expr word(int pixel, Expr at) {
    Expr index = Expr.add(at, pixel * geometry.pixelStep());
    Expr bytes = new Expr.Load(in, index, new VectorType(in.element(), QUAD));
    return new Expr.Call("quad", List.of(bytes), new VectorType(ElementType.INT32, 1));
  }

  /// One to three bytes in all lanes; the others meet weights that are zero.
  private Expr few(Expr index, int count) {
    VectorType one = new VectorType(in.element(), 1);
    List<Expr> bytes = new ArrayList<>();
    for (int i = 0; i < QUAD; i++) {
      bytes.add(i < count ? new Expr.Load(in, Expr.add(index, i), one) : new Expr.Constant(one, 0));
    }
    Expr word = new Expr.Call("quad", bytes, new VectorType(ElementType.INT32, 1));
    return flipped(Arithmetic.splat(word, type));
  }

  private Expr flipped(Expr words) {
    if (packed.shift() == 0) {
      return words;
    }
    Expr bits = new Expr.Constant(words.type(), HIGHEST_BITS);
    return new Expr.Call("bit_xor", List.of(words, bits), words.type());
  }

  /// The words of a pixel, in all lanes.
  private interface Words {
    Expr of(int pixel);
  }

  private void step(List<List<Var>> sums, List<Integer> pixels, Expr weight, Words words) {
    List<Expr> row = new ArrayList<>();
    for (int v = 0; v < tile.vectors(); v++) {
      row.add(builder.let("w", vector(Expr.add(weight, (long) v * tile.lanes()))));
    }
    String dot = machine.unsignedDots() ? "dot_unsigned" : "dot_signed";
    for (int pixel : pixels) {
      Expr value = builder.let("value", words.of(pixel));
      for (int v = 0; v < row.size(); v++) {
        Var sum = sums.get(pixel).get(v);
        builder.assign(sum, new Expr.Call(dot, List.of(sum, value, row.get(v)), type));
      }
    }
  }

  private Expr vector(Expr index) {
    return new Expr.Load(weights, index, type);
  }

  private void storeSums(TileLoops.Row row, Expr x, List<List<Var>> sums) {
    for (int p = 0; p < tile.pixels(); p++) {
      for (int v = 0; v < tile.vectors(); v++) {
        Expr channel = Expr.add(row.channel(), packed.vectorStart(v));
        List<Expr> position = List.of(row.n(), channel, row.y(), Expr.add(x, p));
        Expr value = epilogue.apply(builder, sums.get(p).get(v), position, CHANNEL);
        builder.store(out, geometry.output().index(position), value);
      }
    }
  }
}
