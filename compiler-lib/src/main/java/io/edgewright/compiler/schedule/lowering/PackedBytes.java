package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import java.util.function.LongToIntFunction;

/// Weights of eight bits and bias in the order in which [ByteKernel] reads them, in words of 32
/// bits: for each group, for each panel of output channels, first the bias of its channels; then,
/// where something counts outside the picture, what a whole kernel row adds there and what a single
/// tap adds; then for each kernel row and column and every four input channels one row of words,
/// each the four weights of an output channel.
///
/// Input channels are filled up with zeros to a multiple of four.
///
/// @param depth input channels of a group
/// @param channels output channels of a group
/// @param shift what the kernel adds to each byte of the input, so that it has the sign that the
///   processor wants
/// @param outside what counts outside the picture, shifted
record PackedBytes(
    RegisterTile tile,
    long groups,
    long depth,
    long channels,
    int kernelRows,
    int kernelColumns,
    int shift,
    long outside) {
  static final int QUAD = 4;

  /// Where the weights come from, in the model's order.
  interface Source {
    int weight(long channel, long inputChannel, int kernelRow, int kernelColumn);

    int bias(long channel);
  }

  /// Groups of four input channels, the last perhaps not full.
  long quads() {
    return (depth + QUAD - 1) / QUAD;
  }

  long panels() {
    return tile.panels(channels);
  }

  long width() {
    return (long) tile.vectors() * tile.lanes();
  }

  boolean corrects() {
    return outside != 0;
  }

  long rowCorrections() {
    return width();
  }

  long tapCorrections() {
    return rowCorrections() + (corrects() ? kernelRows * width() : 0);
  }

  long firstWeight() {
    return tapCorrections() + (corrects() ? (long) kernelRows * kernelColumns * width() : 0);
  }

  long tapElements() {
    return quads() * width();
  }

  long kernelRowElements() {
    return kernelColumns * tapElements();
  }

  long panelElements() {
    return firstWeight() + kernelRows * kernelRowElements();
  }

  long elements() {
    return groups * panels() * panelElements();
  }

  /// First output channel of a panel; the last panel starts early where the channels are no
  /// multiple.
  Expr firstChannel(Expr group, Expr panel) {
    return tile.firstChannel(channels, group, panel);
  }

  /// First channel of a vector, counted from the panel's first.
  long vectorStart(int vector) {
    return tile.vectorStart(channels, vector);
  }

  int[] pack(Source source) {
    int[] packed = new int[Math.toIntExact(elements())];
    int next = 0;
    for (long group = 0; group < groups; group++) {
      for (long panel = 0; panel < panels(); panel++) {
        long first = panels() == 1 ? 0 : Math.min(panel * width(), channels - width());
        next = new Panel(source, group * channels + first, packed, next).write();
      }
    }
    return packed;
  }

  /// One panel being written.
  private final class Panel {
    private final Source source;
    private final long first;
    private final int[] packed;
    private int next;

    Panel(Source source, long first, int[] packed, int next) {
      this.source = source;
      this.first = first;
      this.packed = packed;
      this.next = next;
    }

    int write() {
      each(channel -> source.bias(channel) - shift * sum(channel, 0, kernelRows, 0, kernelColumns));
      for (int row = 0; corrects() && row < kernelRows; row++) {
        int ky = row;
        each(channel -> (int) outside * sum(channel, ky, ky + 1, 0, kernelColumns));
      }
      for (int tap = 0; corrects() && tap < kernelRows * kernelColumns; tap++) {
        int ky = tap / kernelColumns;
        int kx = tap % kernelColumns;
        each(channel -> (int) outside * sum(channel, ky, ky + 1, kx, kx + 1));
      }
      for (int tap = 0; tap < kernelRows * kernelColumns; tap++) {
        for (long quad = 0; quad < quads(); quad++) {
          int ky = tap / kernelColumns;
          int kx = tap % kernelColumns;
          long c = quad * QUAD;
          each(channel -> word(channel, c, ky, kx));
        }
      }
      return next;
    }

    private void each(LongToIntFunction value) {
      for (int lane = 0; lane < width(); lane++) {
        long channel = vectorStart(lane / tile.lanes()) + lane % tile.lanes();
        packed[next++] = value.applyAsInt(first + channel);
      }
    }

    private int sum(long channel, int fromRow, int toRow, int fromColumn, int toColumn) {
      int sum = 0;
      for (int ky = fromRow; ky < toRow; ky++) {
        for (int kx = fromColumn; kx < toColumn; kx++) {
          for (long c = 0; c < depth; c++) {
            sum += source.weight(channel, c, ky, kx);
          }
        }
      }
      return sum;
    }

    private int word(long channel, long c, int ky, int kx) {
      int word = 0;
      for (int i = 0; i < QUAD && c + i < depth; i++) {
        word |= (source.weight(channel, c + i, ky, kx) & 0xff) << (Byte.SIZE * i);
      }
      return word;
    }
  }
}
