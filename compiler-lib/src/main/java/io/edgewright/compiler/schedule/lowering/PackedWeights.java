package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;

/// Weights and bias in the order in which [DenseKernel] reads them: for each group, for each panel
/// of output channels, first the bias of its channels, then for each kernel row, kernel column and
/// input channel one row of weights.
///
/// @param depth input channels of a group
/// @param channels output channels of a group
record PackedWeights(
    RegisterTile tile, long groups, long depth, long channels, int kernelRows, int kernelColumns) {
  /// Where the weights come from, in the model's order.
  interface Source {
    float weight(long channel, long inputChannel, int kernelRow, int kernelColumn);

    float bias(long channel);
  }

  long panels() {
    return tile.panels(channels);
  }

  private long width() {
    return (long) tile.vectors() * tile.lanes();
  }

  long tapElements() {
    return depth * width();
  }

  long kernelRowElements() {
    return kernelColumns * tapElements();
  }

  long panelElements() {
    return width() + kernelRows * kernelRowElements();
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

  float[] pack(Source source) {
    float[] packed = new float[Math.toIntExact(elements())];
    int next = 0;
    for (long group = 0; group < groups; group++) {
      for (long panel = 0; panel < panels(); panel++) {
        long first = panels() == 1 ? 0 : Math.min(panel * width(), channels - width());
        next = packPanel(source, group * channels + first, packed, next);
      }
    }
    return packed;
  }

  private int packPanel(Source source, long first, float[] packed, int start) {
    int next = start;
    for (int lane = 0; lane < width(); lane++) {
      packed[next++] = source.bias(first + channel(lane));
    }
    for (int ky = 0; ky < kernelRows; ky++) {
      for (int kx = 0; kx < kernelColumns; kx++) {
        for (long c = 0; c < depth; c++) {
          for (int lane = 0; lane < width(); lane++) {
            packed[next++] = source.weight(first + channel(lane), c, ky, kx);
          }
        }
      }
    }
    return next;
  }

  private long channel(int lane) {
    return vectorStart(lane / tile.lanes()) + lane % tile.lanes();
  }
}
