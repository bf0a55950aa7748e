package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The rarer forms of Resize (antialiasing, other cubic kernels, weights that leave out what lies
/// outside, cropping), axis by axis: nearest neighbours by Gather with constant indices, everything
/// else by a product with a constant matrix [input extent, output extent].
final class ResizeMatrices {
  private final OnnxNode node;
  private final String mode;
  private final String coordinates;
  private final String nearest;
  private final double cubic;
  private final boolean excludesOutside;
  private final boolean antialias;

  ResizeMatrices(OnnxNode node, String mode, String coordinates, String nearest) {
    this.node = node;
    this.mode = mode;
    this.coordinates = coordinates;
    this.nearest = nearest;
    this.cubic = node.attributes().real("cubic_coeff_a", -0.75);
    this.excludesOutside = node.attributes().flag("exclude_outside", false);
    this.antialias = node.attributes().flag("antialias", false);
  }

  Value apply(Value x, Resizing.Sizes sizes) {
    Value result = x;
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      long extent = x.shape().extent(axis);
      long reached = sizes.extents()[axis];
      double scale = sizes.scales().get(axis);
      boolean crops = coordinates.equals("tf_crop_and_resize");
      if (crops || scale != 1 || reached != extent) {
        double[] positions = positions(axis, extent, reached, scale);
        result = resample(result, axis, positions, scale);
        result = crops ? extrapolated(result, axis, positions, extent) : result;
      }
    }
    return result;
  }

  private double[] positions(int axis, long extent, long reached, double scale) {
    double[] region = region(axis);
    return IntStream.range(0, (int) reached)
        .mapToDouble(i ->
            switch (coordinates) {
              case "half_pixel_symmetric" -> {
                double offset = extent / 2.0 * (1 - reached / (scale * extent));
                yield offset + (i + 0.5) / scale - 0.5;
              }
              case "pytorch_half_pixel" -> reached > 1 ? (i + 0.5) / scale - 0.5 : 0;
              case "align_corners" -> reached > 1 ? i * (extent - 1.0) / (reached - 1) : 0;
              case "asymmetric" -> i / scale;
              case "tf_half_pixel_for_nn" -> (i + 0.5) / scale;
              case "tf_crop_and_resize" -> {
                double length = reached > 1 ? (region[1] - region[0]) / (reached - 1) : 0;
                double middle = (region[0] + region[1]) / 2;
                yield (extent - 1) * (reached > 1 ? region[0] + i * length : middle);
              }
              default -> (i + 0.5) / scale - 0.5;
            })
        .toArray();
  }

  /// Start and end of the part of an axis that `roi` names, of 0 to 1.
  private double[] region(int axis) {
    if (!coordinates.equals("tf_crop_and_resize")) {
      return new double[] {0, 1};
    }
    Tensor roi = node.constant(1, "roi");
    List<Long> axes =
        node.attributes()
            .integers("axes")
            .orElseGet(() -> IntStream.range(0, roi.size() / 2).mapToObj(i -> (long) i).toList());
    int at = axes.indexOf((long) axis);
    return at < 0
        ? new double[] {0, 1}
        : new double[] {roi.getDouble(at), roi.getDouble(at + roi.size() / 2)};
  }

  private Value resample(Value x, int axis, double[] positions, double scale) {
    long extent = x.shape().extent(axis);
    if (mode.equals("nearest")) {
      long[] indices = new long[positions.length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = Math.clamp((long) rounded(positions[i]), 0, extent - 1);
      }
      Value sources = node.constant(Tensor.ofLongs(Shape.of(indices.length), indices));
      return node.add(new Op.Gather(axis), x, sources);
    }
    ElementType type = x.type().element();
    double[] weights = matrix(positions, (int) extent, scale);
    Value matrix =
        node.constant(Tensor.ofDoubles(type, Shape.of(extent, positions.length), weights));
    List<Integer> swapped = new ArrayList<>(IntStream.range(0, x.shape().rank()).boxed().toList());
    Collections.swap(swapped, axis, swapped.size() - 1);
    Op swap = new Op.Transpose(swapped);
    Value last = node.add(swap, x);
    return node.add(swap, MatrixProducts.multiplyMatrices(node, last, matrix));
  }

  private double rounded(double position) {
    return switch (nearest) {
      case "round_prefer_ceil" -> Math.floor(position + 0.5);
      case "floor" -> Math.floor(position);
      case "ceil" -> Math.ceil(position);
      default -> Math.ceil(position - 0.5);
    };
  }

  /// Column i holds what each input element adds to output element i.
  private double[] matrix(double[] positions, int extent, double scale) {
    double[] matrix = new double[Math.multiplyExact(extent, positions.length)];
    double squeeze = antialias ? Math.min(scale, 1) : 1;
    double support = (mode.equals("cubic") ? 2 : 1) / squeeze;
    for (int i = 0; i < positions.length; i++) {
      int first = (int) Math.ceil(positions[i] - support);
      int last = (int) Math.floor(positions[i] + support);
      double sum = 0;
      for (int source = first; source <= last; source++) {
        if (!excludesOutside || (source >= 0 && source < extent)) {
          sum += kernel((source - positions[i]) * squeeze);
        }
      }
      for (int source = first; source <= last; source++) {
        if (!excludesOutside || (source >= 0 && source < extent)) {
          int row = Math.clamp(source, 0, extent - 1);
          matrix[row * positions.length + i] += kernel((source - positions[i]) * squeeze) / sum;
        }
      }
    }
    return matrix;
  }

  private double kernel(double distance) {
    double d = Math.abs(distance);
    if (!mode.equals("cubic")) {
      return Math.max(0, 1 - d);
    }
    if (d >= 2) {
      return 0;
    }
    return d <= 1
        ? ((cubic + 2) * d - (cubic + 3)) * d * d + 1
        : ((cubic * d - 5 * cubic) * d + 8 * cubic) * d - 4 * cubic;
  }

  /// Positions outside of the input give a fixed value.
  private Value extrapolated(Value x, int axis, double[] positions, long extent) {
    double value = node.attributes().real("extrapolation_value", 0);
    long[] outside = new long[positions.length];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = positions[i] < 0 || positions[i] > extent - 1 ? 1 : 0;
    }
    Shape line = Activations.alongChannels(outside.length, x.shape().rank() - axis + 1);
    Value mask = node.constant(Tensor.ofIntegers(ElementType.BOOL, line, outside));
    return node.map(select(Formulas.in(1), number(x.type().element(), value), x()), x, mask);
  }
}
