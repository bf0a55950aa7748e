package io.edgewright.compiler.manifest;

import java.util.List;
import java.util.Optional;

/// What goes into one input of the model.
public sealed interface InputDescription {
  /// The tensor's own bytes.
  record Raw() implements InputDescription {}

  /// Pixels; `tensor = (pixel - mean) * scale`.
  ///
  /// @param color what the network wants
  /// @param pixels what the frames carry
  /// @param width of the network's picture; the model's own where empty
  /// @param padding colour beside a letterboxed picture, one number a channel of `color`, 0..255
  /// @param mean one number a channel of `color`, in units of 0..255
  /// @param scale one number a channel of `color`
  /// @param layout seen from the model's shape where empty
  record Image(
      Color color,
      Color pixels,
      Optional<Integer> width,
      Optional<Integer> height,
      Fit fit,
      List<Double> padding,
      List<Double> mean,
      List<Double> scale,
      Optional<Layout> layout)
      implements InputDescription {
    public Image {
      padding = List.copyOf(padding);
      mean = List.copyOf(mean);
      scale = List.copyOf(scale);
    }
  }

  /// Order of a picture's channels.
  enum Color {
    RGB(3),
    BGR(3),
    GRAY(1);

    private final int channels;

    Color(int channels) {
      this.channels = channels;
    }

    public int channels() {
      return channels;
    }
  }

  /// How a picture is brought to the network's size.
  enum Fit {
    STRETCH,
    LETTERBOX,
    LETTERBOX_TOP_LEFT,
    CENTER_CROP;

    /// Whether there may be room beside the picture.
    public boolean pads() {
      return this == LETTERBOX || this == LETTERBOX_TOP_LEFT;
    }
  }

  /// Order of the axes of the model's input.
  enum Layout {
    NCHW,
    NHWC
  }
}
