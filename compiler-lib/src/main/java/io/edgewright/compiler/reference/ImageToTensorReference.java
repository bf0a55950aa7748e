package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.PixelOrder;
import io.edgewright.compiler.reference.Numbers.Reals;
import io.edgewright.compiler.tensor.TensorType;

/// `out[c, y, x] = (pixel(c, y, x) - mean[c]) * scale[c]`, pixel by pixel: four source pixels are
/// weighed by their distance from the position at half-pixel centres, positions outside are
/// clamped.
final class ImageToTensorReference {
  /// Weights of red, green and blue in grey, BT.601.
  private static final double[] LUMA = {0.299, 0.587, 0.114};

  private final Op.ImageToTensor op;
  private final double[] pixels;
  private final int height;
  private final int width;
  private final Placement placement;

  private ImageToTensorReference(Op.ImageToTensor op, Numbers picture) {
    this.op = op;
    this.pixels = picture.toDoubles();
    this.height = Math.toIntExact(picture.shape().extent(0));
    this.width = Math.toIntExact(picture.shape().extent(1));
    this.placement = Placement.of(op.fit(), width, height, op.width(), op.height());
  }

  static Numbers run(Op.ImageToTensor op, Numbers picture, TensorType type) {
    ImageToTensorReference reference = new ImageToTensorReference(op, picture);
    double[] output = new double[Math.toIntExact(type.shape().elements())];
    int channels = op.mean().size();
    int plane = Math.toIntExact(op.width() * op.height());
    for (int at = 0; at < plane; at++) {
      long y = at / op.width() - reference.placement.top();
      long x = at % op.width() - reference.placement.left();
      for (int channel = 0; channel < channels; channel++) {
        double pixel = reference.pixel(y, x, channel);
        output[op.channelsLast() ? at * channels + channel : channel * plane + at] =
            (pixel - op.mean().get(channel)) * op.scale().get(channel);
      }
    }
    return new Reals(type, output);
  }

  /// A pixel of the scaled picture, or the padding beside it.
  private double pixel(long y, long x, int channel) {
    if (y < 0 || y >= placement.height() || x < 0 || x >= placement.width()) {
      return op.padding().get(channel);
    }
    double row = position(y, height, placement.height());
    double column = position(x, width, placement.width());
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    double below = row - top;
    double beside = column - left;
    return (1 - below) * (1 - beside) * sample(top, left, channel)
        + (1 - below) * beside * sample(top, right, channel)
        + below * (1 - beside) * sample(bottom, left, channel)
        + below * beside * sample(bottom, right, channel);
  }

  private static double position(long index, int extent, long scaled) {
    double position = (index + 0.5) * extent / scaled - 0.5;
    return Math.clamp(position, 0, extent - 1.0);
  }

  /// One channel of the tensor at one pixel of the source.
  private double sample(int y, int x, int channel) {
    int pixel = y * width + x;
    if (op.pixels() == PixelOrder.GRAY) {
      return pixels[pixel];
    }
    if (op.tensor() != PixelOrder.GRAY) {
      return pixels[3 * pixel + (op.pixels() == op.tensor() ? channel : 2 - channel)];
    }
    double gray = 0;
    for (int color = 0; color < 3; color++) {
      gray += LUMA[op.pixels() == PixelOrder.RGB ? color : 2 - color] * pixels[3 * pixel + color];
    }
    return gray;
  }
}
