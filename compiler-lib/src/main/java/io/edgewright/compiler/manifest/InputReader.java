package io.edgewright.compiler.manifest;

import io.edgewright.compiler.manifest.InputDescription.Color;
import io.edgewright.compiler.manifest.InputDescription.Fit;
import io.edgewright.compiler.manifest.InputDescription.Image;
import io.edgewright.compiler.manifest.InputDescription.Layout;
import io.edgewright.compiler.manifest.InputDescription.Raw;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Reads one entry of `inputs`.
final class InputReader {
  private static final Range PIXEL = Range.of(0, 255);
  private static final Range FACTOR = Range.of(-1e6, 1e6);

  /// The grey that YOLO networks are trained with; in the middle for the others.
  private static final double DEFAULT_PADDING = 114;

  private InputReader() {}

  static Optional<InputDescription> read(Place place) {
    return place.fields().flatMap(InputReader::read);
  }

  private static Optional<InputDescription> read(Fields fields) {
    Optional<String> kind =
        fields.required("kind").flatMap(place -> place.word(List.of("image", "tensor")));
    Optional<InputDescription> input =
        kind.map(word -> word.equals("image") ? image(fields) : new Raw());
    input.ifPresent(_ -> fields.end());
    return input;
  }

  private static Image image(Fields fields) {
    Color color = fields.optional("color").flatMap(p -> p.choice(Color.class)).orElse(Color.RGB);
    Color pixels =
        fields
            .optional("pixels")
            .flatMap(place -> place.choice(Color.class))
            .orElse(color == Color.GRAY ? Color.GRAY : Color.RGB);
    Resize resize =
        fields
            .optional("resize")
            .flatMap(Place::fields)
            .map(resizeFields -> resize(resizeFields, color.channels()))
            .orElse(Resize.none(color.channels()));
    return new Image(
        color,
        pixels,
        resize.width,
        resize.height,
        resize.fit,
        resize.padding,
        channels(fields.optional("mean"), color, 0),
        scale(fields.optional("scale"), color),
        fields.optional("layout").flatMap(place -> place.choice(Layout.class)));
  }

  private record Resize(
      Optional<Integer> width, Optional<Integer> height, Fit fit, List<Double> padding) {
    static Resize none(int channels) {
      return new Resize(
          Optional.empty(),
          Optional.empty(),
          Fit.STRETCH,
          Collections.nCopies(channels, DEFAULT_PADDING));
    }
  }

  private static Resize resize(Fields fields, int channels) {
    Resize resize =
        new Resize(
            fields.optional("width").flatMap(place -> place.integer(Range.EXTENT)),
            fields.optional("height").flatMap(place -> place.integer(Range.EXTENT)),
            fields.optional("fit").flatMap(place -> place.choice(Fit.class)).orElse(Fit.STRETCH),
            fields
                .optional("padding")
                .flatMap(place -> place.perChannel(channels, PIXEL))
                .orElse(Collections.nCopies(channels, DEFAULT_PADDING)));
    fields.end();
    return resize;
  }

  private static List<Double> channels(Optional<Place> place, Color color, double fallback) {
    return place
        .flatMap(present -> present.perChannel(color.channels(), FACTOR))
        .orElse(Collections.nCopies(color.channels(), fallback));
  }

  private static List<Double> scale(Optional<Place> place, Color color) {
    List<Double> scale = channels(place, color, 1);
    if (scale.contains(0.0) || scale.contains(-0.0)) {
      place.ifPresent(
          present -> present.invalid("numbers other than 0", "to keep pixels as they are write 1"));
    }
    return scale;
  }
}
