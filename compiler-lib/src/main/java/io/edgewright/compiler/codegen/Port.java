package io.edgewright.compiler.codegen;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;

/// One input or output of a compiled program, as its user sees it. `model.h` tells C the same in an
/// `ew_port`.
///
///     Port = Raw(name, element, shape, bytes)     the tensor as it is
///          | Image(name, color)                   pixels in
///          | Classes(name, labels, count)         the likeliest classes out
///          | Detections(name, labels, maximum)    boxes out
public sealed interface Port {
  String name();

  /// What one element is.
  ElementType element();

  /// Extents; a symbol or a count where only a call knows.
  Shape shape();

  /// Bytes of the largest value.
  long bytes();

  /// The number of the kind in `model.h`.
  int kind();

  /// A tensor, in and out as it is.
  record Raw(String name, ElementType element, Shape shape, long bytes) implements Port {
    public static Raw of(String name, ElementType element, Shape shape) {
      return new Raw(name, element, shape, new TensorType(element, shape).capacityBytes());
    }

    @Override
    public int kind() {
      return 0;
    }
  }

  /// A picture of any size up to [#LARGEST_SIDE] squared: uint8 [height, width, channels].
  record Image(String name, Color color) implements Port {
    public static final int LARGEST_SIDE = 4096;

    @Override
    public ElementType element() {
      return ElementType.UINT8;
    }

    @Override
    public Shape shape() {
      return new Shape(
          List.of(Dimension.of("height"), Dimension.of("width"), Dimension.of(color.channels())));
    }

    @Override
    public long bytes() {
      return (long) LARGEST_SIDE * LARGEST_SIDE * color.channels();
    }

    @Override
    public int kind() {
      return 1;
    }
  }

  /// Order of the channels of a picture.
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

  /// The likeliest classes: float32 [count, 2], rows of class index and probability.
  ///
  /// @param labels what the classes are called, by index; empty where nobody said
  record Classes(String name, List<String> labels, int count) implements Port {
    public Classes {
      labels = List.copyOf(labels);
    }

    @Override
    public ElementType element() {
      return ElementType.FLOAT32;
    }

    @Override
    public Shape shape() {
      return Shape.of(count, 2);
    }

    @Override
    public long bytes() {
      return (long) count * 2 * Float.BYTES;
    }

    @Override
    public int kind() {
      return 2;
    }
  }

  /// Things found in the picture: float32 [found, 6], rows of x0, y0, x1, y1 in pixels of the
  /// picture that went in, score and class index, best score first.
  ///
  /// @param labels what the classes are called, by index; empty where nobody said
  /// @param maximum no more rows than this
  record Detections(String name, List<String> labels, int maximum) implements Port {
    public Detections {
      labels = List.copyOf(labels);
    }

    @Override
    public ElementType element() {
      return ElementType.FLOAT32;
    }

    @Override
    public Shape shape() {
      return new Shape(List.of(Dimension.of("found"), Dimension.of(6)));
    }

    @Override
    public long bytes() {
      return (long) maximum * 6 * Float.BYTES;
    }

    @Override
    public int kind() {
      return 3;
    }
  }
}
