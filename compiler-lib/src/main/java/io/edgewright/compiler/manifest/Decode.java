package io.edgewright.compiler.manifest;

import java.util.List;
import java.util.Optional;

/// How a detector's tensors become boxes and scores.
public sealed interface Decode {
  Selection selection();

  /// Boxes that the network has decoded itself.
  record Boxes(
      String boxes,
      String scores,
      BoxFormat format,
      Unit unit,
      Activation activation,
      Background background,
      Selection selection)
      implements Decode {}

  /// Without anchors: corners relative to width and height. With: offsets dx, dy, dw, dh with `cx =
  /// ax + dx * v0 * aw`, `w = aw * exp(dw * v1)`.
  ///
  /// @param variances v0 and v1
  record Ssd(
      String boxes,
      String scores,
      List<AnchorGrid> anchors,
      List<Double> variances,
      Activation activation,
      Background background,
      Selection selection)
      implements Decode {
    public Ssd {
      anchors = List.copyOf(anchors);
      variances = List.copyOf(variances);
    }
  }

  /// Anchors are points: `cx = ax + dx / scale * width`, `w = w / scale * width`.
  ///
  /// @param scale stands for the whole width or height; their own pixels where empty
  record BlazeFace(
      String boxes,
      String scores,
      List<PointGrid> anchors,
      Optional<Double> scale,
      Activation activation,
      Background background,
      Selection selection)
      implements Decode {
    public BlazeFace {
      anchors = List.copyOf(anchors);
    }
  }

  /// Rows dx, dy, dw, dh, objectness, class scores: `cx = (column + dx) * stride`, `w = exp(dw) *
  /// stride`, `score = objectness * class score`.
  record Yolox(String tensor, List<Integer> strides, Selection selection) implements Decode {
    public Yolox {
      strides = List.copyOf(strides);
    }
  }

  /// Which of all the boxes are objects.
  ///
  /// @param threshold objects with a lower score are left out
  /// @param iou of two boxes that overlap by more, the one with the lower score is left out
  /// @param acrossClasses whether boxes of different classes compete too
  record Selection(double threshold, double iou, boolean acrossClasses, int maximum) {}

  /// A cell every `stride` pixels with one anchor of each size around its middle.
  record AnchorGrid(int stride, List<Size> sizes) {
    public AnchorGrid {
      sizes = List.copyOf(sizes);
    }
  }

  /// In pixels of the network's input.
  record Size(double width, double height) {}

  /// A cell every `stride` pixels with `perCell` equal anchors in its middle.
  record PointGrid(int stride, int perCell) {}

  /// What four numbers mean.
  enum BoxFormat {
    /// x0 y0 x1 y1
    CORNERS,
    /// y0 x0 y1 x1
    CORNERS_YX,
    /// cx cy w h
    CENTER_SIZE,
    /// x0 y0 w h
    CORNER_SIZE
  }

  /// Pixels of the network's input, or parts of its width and height.
  enum Unit {
    PIXELS,
    RELATIVE
  }

  /// What still has to be done to the scores.
  enum Activation {
    NONE,
    SIGMOID,
    SOFTMAX
  }

  /// Whether the first class means that nothing is there.
  enum Background {
    NONE,
    FIRST
  }
}
