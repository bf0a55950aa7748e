package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.InputDescription.Color;
import io.edgewright.compiler.manifest.InputDescription.Image;
import io.edgewright.compiler.manifest.InputDescription.Layout;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One input of the network that takes pixels: [1, C, H, W], [1, H, W, C], or the same without the
/// leading 1.
///
/// @param width of the network's picture
record PictureInput(Value input, Image image, Layout layout, long width, long height) {
  /// Checks the description against the network's input.
  static Optional<PictureInput> of(Value input, Image image, Mismatches mismatches) {
    Location where = Location.manifestAt("inputs", input.name());
    List<Long> extents = extents(input.shape());
    Optional<Layout> layout = layout(input, extents, image, where, mismatches);
    if (!isPixelType(input.type().element())) {
      mismatches.unfit(
          where,
          "`" + input.name() + "` " + input.type(),
          "an input of floats, uint8 or int8",
          "leave its description out and feed the tensor itself");
      return Optional.empty();
    }
    return layout.map(axes -> {
      boolean first = axes == Layout.NCHW;
      long height = extents.get(first ? 1 : 0);
      long width = extents.get(first ? 2 : 1);
      checkExtent("width", image.width(), width, input, mismatches);
      checkExtent("height", image.height(), height, input, mismatches);
      return new PictureInput(input, image, axes, width, height);
    });
  }

  private static boolean isPixelType(ElementType type) {
    return type.isFloat() || type == ElementType.UINT8 || type == ElementType.INT8;
  }

  /// The three extents behind a batch of one; empty where there are others.
  private static List<Long> extents(Shape shape) {
    List<Long> extents = new ArrayList<>();
    if (!shape.isFixed()) {
      return extents;
    }
    for (long extent : shape.extents()) {
      extents.add(extent);
    }
    if (extents.size() == 4 && extents.getFirst() == 1) {
      extents.removeFirst();
    }
    return extents.size() == 3 && !extents.contains(0L) ? extents : List.of();
  }

  private static Optional<Layout> layout(
      Value input, List<Long> extents, Image image, Location where, Mismatches mismatches) {
    long channels = image.color().channels();
    boolean first = !extents.isEmpty() && extents.getFirst() == channels;
    boolean last = !extents.isEmpty() && extents.getLast() == channels;
    Layout seen = first ? Layout.NCHW : Layout.NHWC;
    Layout chosen = image.layout().orElse(seen);
    boolean ambiguous = first && last && image.layout().isEmpty();
    if (!ambiguous && (chosen == Layout.NCHW ? first : last)) {
      return Optional.of(chosen);
    }
    mismatches.unfit(
        where,
        "`" + input.name() + "` " + input.type() + (ambiguous ? ", which may be either" : ""),
        "[1, %d, height, width] or [1, height, width, %d]".formatted(channels, channels),
        ambiguous
            ? "say which with `layout`"
            : "check `color` and `layout`; a batch must be 1, bind a symbolic one with `dims`");
    return Optional.empty();
  }

  private static void checkExtent(
      String field, Optional<Integer> wanted, long actual, Value input, Mismatches mismatches) {
    if (wanted.isPresent() && wanted.get() != actual) {
      mismatches.unfit(
          Location.manifestAt("inputs", input.name(), "resize", field),
          field + " " + wanted.get(),
          "`" + input.name() + "` " + input.type() + " takes pictures of " + field + " " + actual,
          "leave `" + field + "` out, it is seen from the model");
    }
  }

  /// uint8 [height, width, channels], the first two known only at run time.
  TensorType frameType() {
    return new TensorType(
        ElementType.UINT8,
        new Shape(
            List.of(
                Dimension.of(input.name() + ".height"),
                Dimension.of(input.name() + ".width"),
                Dimension.of(image.pixels().channels()))));
  }

  Port port() {
    Port.Color color =
        switch (image.pixels()) {
          case RGB -> Port.Color.RGB;
          case BGR -> Port.Color.BGR;
          case GRAY -> Port.Color.GRAY;
        };
    return new Port.Image(input.name(), color);
  }

  /// @return what the network takes
  Value addTo(GraphBuilder builder, Value frame) {
    String name = input.name() + ".pixels";
    Value pixels =
        builder.add(
            name,
            new Op.ImageToTensor(
                order(image.pixels()),
                order(image.color()),
                width,
                height,
                fit(),
                image.padding(),
                image.mean(),
                image.scale(),
                layout == Layout.NHWC),
            frame);
    if (!pixels.shape().equals(input.shape())) {
      pixels = builder.add(name, new Op.Reshape(input.shape()), pixels);
    }
    ElementType type = input.type().element();
    return type == ElementType.FLOAT32
        ? pixels
        : builder.add(name, new Op.Map(converted(type)), pixels);
  }

  /// Integers are rounded and kept inside their range.
  private static Expression converted(ElementType type) {
    if (type.isFloat()) {
      return new Expression.Convert(type, Expression.identity());
    }
    double least = type == ElementType.INT8 ? -128 : 0;
    Expression rounded = Expression.apply(ScalarFunction.ROUND, Expression.identity());
    Expression above = Expression.apply(ScalarFunction.MAXIMUM, rounded, Formulas.number(least));
    Expression inside =
        Expression.apply(ScalarFunction.MINIMUM, above, Formulas.number(least + 255));
    return new Expression.Convert(type, inside);
  }

  Op.Fit fit() {
    return switch (image.fit()) {
      case STRETCH -> Op.Fit.STRETCH;
      case LETTERBOX -> Op.Fit.LETTERBOX;
      case LETTERBOX_TOP_LEFT -> Op.Fit.LETTERBOX_TOP_LEFT;
      case CENTER_CROP -> Op.Fit.CENTER_CROP;
    };
  }

  private static Op.PixelOrder order(Color color) {
    return switch (color) {
      case RGB -> Op.PixelOrder.RGB;
      case BGR -> Op.PixelOrder.BGR;
      case GRAY -> Op.PixelOrder.GRAY;
    };
  }
}
