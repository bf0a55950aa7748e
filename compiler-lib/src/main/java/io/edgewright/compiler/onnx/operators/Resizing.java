package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.TensorLimit;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/// Resize and Upsample -> Resize; what that operator does not know is a product with a matrix of
/// weights per axis, see [ResizeMatrices].
public final class Resizing {
  private static final List<String> MODES = List.of("nearest", "linear", "cubic");
  private static final List<String> COORDINATES =
      List.of(
          "half_pixel",
          "half_pixel_symmetric",
          "pytorch_half_pixel",
          "align_corners",
          "asymmetric",
          "tf_half_pixel_for_nn",
          "tf_crop_and_resize");
  private static final List<String> NEAREST =
      List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");

  private Resizing() {}

  /// Opset 10 and Upsample: position x / scale, rounded down where nearest.
  public static Value upsample(OnnxNode node) {
    Value x = node.input(0);
    String mode =
        node.attributes().word("mode", "nearest", List.of("nearest", "linear", "bilinear"));
    List<Double> scales = upsampleScales(node, x.shape().rank());
    long[] extents = new long[scales.size()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = scaled(node, x.shape().extent(axis), scales.get(axis));
    }
    return node.add(
        new Op.Resize(
            Shape.of(extents),
            scales,
            mode.equals("nearest") ? Op.ResizeMode.NEAREST : Op.ResizeMode.LINEAR,
            Op.CoordinateMode.ASYMMETRIC,
            Op.NearestMode.FLOOR),
        x);
  }

  private static List<Double> upsampleScales(OnnxNode node, int rank) {
    Attributes attributes = node.attributes();
    List<Double> scales =
        attributes.has("height_scale")
            ? List.of(
                1.0, 1.0, attributes.real("height_scale", 1), attributes.real("width_scale", 1))
            : attributes
                .reals("scales")
                .map(given -> given.stream().map(Float::doubleValue).toList())
                .orElseGet(() -> doubles(node, 1));
    if (scales.size() != rank) {
      throw node.shapes(scales.size() + " scales", rank + " numbers", "give one per axis");
    }
    return scales;
  }

  /// The input `scales`: a number for each axis at most.
  private static List<Double> doubles(OnnxNode node, int index) {
    Tensor tensor = node.constant(index, "scales");
    if (tensor.size() > TensorLimit.MAXIMUM_RANK) {
      throw node.shapes(tensor.size() + " scales", "one per axis", "check `scales`");
    }
    return Arrays.stream(tensor.toDoubles()).boxed().toList();
  }

  /// A scale is a float32, so that 2/3 of 3 must not become 1.
  private static long scaled(OnnxNode node, long extent, double scale) {
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw node.invalid("a scale of " + scale, "a number above 0", "check `scales`");
    }
    return (long) Math.floor((float) extent * (float) scale);
  }

  public static Value resize(OnnxNode node) {
    Value x = node.input(0);
    Attributes attributes = node.attributes();
    String mode = attributes.word("mode", "nearest", MODES);
    String coordinates =
        attributes.word("coordinate_transformation_mode", "half_pixel", COORDINATES);
    String nearest = attributes.word("nearest_mode", "round_prefer_floor", NEAREST);
    boolean cubicAsKnown = attributes.real("cubic_coeff_a", -0.75) == -0.75;
    boolean excludes = attributes.flag("exclude_outside", false);
    boolean antialias = attributes.flag("antialias", false);
    attributes.ignore("extrapolation_value", "keep_aspect_ratio_policy", "axes");
    Sizes sizes = sizes(node, x.shape());
    boolean plain = !excludes && !antialias && (cubicAsKnown || !mode.equals("cubic"));
    Optional<Op.CoordinateMode> known =
        Arrays.stream(Op.CoordinateMode.values())
            .filter(candidate -> candidate.name().equals(coordinates.toUpperCase(Locale.ROOT)))
            .findFirst();
    if (!(plain || mode.equals("nearest")) || known.isEmpty()) {
      return new ResizeMatrices(node, mode, coordinates, nearest).apply(x, sizes);
    }
    return node.add(
        new Op.Resize(
            Shape.of(sizes.extents()),
            sizes.scales(),
            Op.ResizeMode.valueOf(mode.toUpperCase(Locale.ROOT)),
            known.get(),
            Op.NearestMode.valueOf(nearest.toUpperCase(Locale.ROOT))),
        x);
  }

  /// Extents of the output, and output over input, per axis.
  @SuppressWarnings("ArrayRecordComponent")
  record Sizes(long[] extents, List<Double> scales) {}

  private static Sizes sizes(OnnxNode node, Shape shape) {
    List<Integer> axes =
        node.attributes()
            .integers("axes")
            .map(list -> list.stream().map(axis -> node.axis(axis, shape.rank())).toList())
            .orElseGet(
                () -> LongStream.range(0, shape.rank()).mapToObj(axis -> (int) axis).toList());
    long[] extents = shape.extents();
    List<Double> scales = new ArrayList<>(Collections.nCopies(extents.length, 1.0));
    boolean bySize = node.optional(3).isPresent();
    List<Double> given = bySize ? requested(node, shape, axes) : doubles(node, 2);
    if (given.size() != axes.size()) {
      throw node.shapes(
          given.size() + " sizes or scales for " + axes.size() + " axes",
          "one per axis",
          "check `scales` and `sizes`");
    }
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      double number = given.get(i);
      if (bySize && number < 0) {
        throw node.invalid("a size of " + number, "0 or more", "check `sizes`");
      }
      scales.set(axis, bySize ? number / extents[axis] : number);
      extents[axis] = bySize ? (long) number : scaled(node, extents[axis], number);
    }
    return new Sizes(extents, scales);
  }

  /// The sizes asked for, or those that keep the aspect ratio within or around them.
  private static List<Double> requested(OnnxNode node, Shape shape, List<Integer> axes) {
    String policy =
        node.attributes()
            .word(
                "keep_aspect_ratio_policy",
                "stretch",
                List.of("stretch", "not_larger", "not_smaller"));
    List<Long> sizes = node.integers(3, "sizes");
    if (policy.equals("stretch") || sizes.size() != axes.size()) {
      return sizes.stream().map(Long::doubleValue).toList();
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      ratios.add((double) sizes.get(i) / shape.extent(axes.get(i)));
    }
    double scale = policy.equals("not_larger") ? Collections.min(ratios) : Collections.max(ratios);
    return axes.stream().map(axis -> Math.floor(scale * shape.extent(axis) + 0.5)).toList();
  }
}
