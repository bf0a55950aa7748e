package io.edgewright.compiler.schedule.lowering;

import static io.edgewright.compiler.schedule.lowering.Geometry.CHANNEL;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// How bytes of a depthwise convolution meet their weights in words of 32 bits: where the processor
/// adds four products of bytes at once, four kernel rows side by side; else each row on its own.
///
/// @param height kernel rows in a word
/// @param shift what is added to each byte of the input, so that it has the sign that the processor
///   wants
/// @param outside what counts outside the picture, before the shift
/// @param dots whether words are multiplied byte by byte
record DepthwiseWords(
    Geometry geometry, int height, int shift, long outside, boolean dots, boolean unsigned) {
  static DepthwiseWords of(Machine machine, Geometry geometry, long outside) {
    boolean dots = machine.byteDots() && geometry.kernelRows() > 1;
    int shift = dots ? ByteProductLowering.shift(machine, geometry.input().element()) : 0;
    return new DepthwiseWords(
        geometry, dots ? PackedBytes.QUAD : 1, shift, outside, dots, machine.unsignedDots());
  }

  /// Words that hold a column of the kernel.
  int parts() {
    return (geometry.kernelRows() + height - 1) / height;
  }

  private long channels() {
    return geometry.output().extent(CHANNEL);
  }

  /// The input as it is loaded: without a sign where bytes are put side by side.
  View asRead(View input) {
    ElementType element = dots ? ElementType.UINT8 : input.element();
    return new View(input.buffer(), element, input.offset(), input.extents(), input.strides());
  }

  /// Where the weights of all channels for a part of a kernel column begin.
  long index(int part, int kernelColumn) {
    return (1L + (long) part * geometry.kernelColumns() + kernelColumn) * channels();
  }

  /// Bias of all channels, then the words of each part and kernel column.
  int[] pack(Tensor weights, Tensor bias) {
    int count = Math.toIntExact(channels());
    int[] packed = new int[count * (1 + parts() * geometry.kernelColumns())];
    for (int c = 0; c < count; c++) {
      int sum = 0;
      for (int ky = 0; ky < geometry.kernelRows(); ky++) {
        for (int kx = 0; kx < geometry.kernelColumns(); kx++) {
          int tap = (c * geometry.kernelRows() + ky) * geometry.kernelColumns() + kx;
          int weight = (int) weights.getLong(tap);
          sum += weight;
          int bits = dots ? (weight & 0xff) << (Byte.SIZE * (ky % height)) : weight;
          packed[Math.toIntExact(index(ky / height, kx)) + c] |= bits;
        }
      }
      packed[c] = (int) bias.getLong(c) - shift * sum;
    }
    return packed;
  }

  /// Whether what is outside adds anything.
  boolean countsOutside() {
    return outside + shift != 0;
  }

  /// The word of a column that lies outside.
  Expr outside(int part, VectorType type) {
    return new Expr.Constant(type, word(rowsOf(part)));
  }

  /// What is outside in some of the rows of a word.
  private int word(List<Integer> places) {
    int word = dots ? 0 : (int) outside;
    for (int place : dots ? places : List.<Integer>of()) {
      word |= ((int) (outside + shift) & 0xff) << (Byte.SIZE * place);
    }
    return word;
  }

  private List<Integer> rowsOf(int part) {
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < height && part * height + place < geometry.kernelRows(); place++) {
      places.add(place);
    }
    return places;
  }

  /// The word of a column.
  ///
  /// @param first the column in the row that kernel row 0 reads
  /// @param seen which kernel rows are inside the picture
  Expr load(Pointer in, Expr first, int part, RowTiles.Segment seen, VectorType type) {
    List<Expr> bytes = new ArrayList<>();
    for (int place : rowsOf(part)) {
      int ky = part * height + place;
      boolean inside = seen.valid().get(ky).getFirst();
      Expr index = Expr.add(first, ky * geometry.rowStep());
      bytes.add(inside ? Arithmetic.load(in, index, type) : new Expr.Constant(type, raw()));
    }
    if (!dots) {
      return bytes.getFirst();
    }
    while (bytes.size() < height) {
      bytes.add(new Expr.Constant(type, 0));
    }
    Expr word = new Expr.Call("beside", bytes, type);
    return shift == 0
        ? word
        : new Expr.Call(
            "bit_xor", List.of(word, new Expr.Constant(type, ByteKernel.HIGHEST_BITS)), type);
  }

  private long raw() {
    return dots ? outside & 0xff : outside;
  }

  Expr add(Expr sum, Expr word, Expr weights) {
    if (!dots) {
      return Arithmetic.add(sum, Arithmetic.multiply(word, weights));
    }
    String dot = unsigned ? "dot_unsigned" : "dot_signed";
    return new Expr.Call(dot, List.of(sum, word, weights), sum.type());
  }
}
