package io.edgewright.compiler.manifest;

import io.edgewright.compiler.manifest.Decode.Activation;
import io.edgewright.compiler.manifest.Decode.AnchorGrid;
import io.edgewright.compiler.manifest.Decode.Background;
import io.edgewright.compiler.manifest.Decode.BlazeFace;
import io.edgewright.compiler.manifest.Decode.BoxFormat;
import io.edgewright.compiler.manifest.Decode.Boxes;
import io.edgewright.compiler.manifest.Decode.PointGrid;
import io.edgewright.compiler.manifest.Decode.Selection;
import io.edgewright.compiler.manifest.Decode.Size;
import io.edgewright.compiler.manifest.Decode.Ssd;
import io.edgewright.compiler.manifest.Decode.Unit;
import io.edgewright.compiler.manifest.Decode.Yolox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads `decode`: one method a family.
final class DecodeReader {
  private static final List<String> FAMILIES = List.of("blazeface", "boxes", "ssd", "yolox");
  private static final int MOST_GRIDS = 32;
  private static final int MOST_PER_CELL = 64;
  private static final int MOST_STRIDES = 8;
  private static final Range DETECTIONS = Range.of(1, 1000);
  private static final Range SIZE = Range.above(0, 8192);
  private static final Range VARIANCE = Range.above(0, 100);
  private static final Range SCALE = Range.above(0, 1e6);

  /// As in the short range model of MediaPipe.
  private static final List<PointGrid> BLAZEFACE_ANCHORS =
      List.of(new PointGrid(8, 2), new PointGrid(16, 6));

  private final Fields fields;

  private DecodeReader(Fields fields) {
    this.fields = fields;
  }

  static Optional<Decode> read(Fields fields) {
    return new DecodeReader(fields).decode();
  }

  private Optional<Decode> decode() {
    Optional<String> family = fields.required("family").flatMap(place -> place.word(FAMILIES));
    if (family.isEmpty()) {
      return Optional.empty();
    }
    Decode decode =
        switch (family.get()) {
          case "blazeface" -> blazeFace();
          case "ssd" -> ssd();
          case "yolox" -> yolox();
          default -> boxes();
        };
    fields.end();
    return Optional.of(decode);
  }

  private Boxes boxes() {
    return new Boxes(
        tensor("boxes"),
        tensor("scores"),
        choice("format", BoxFormat.CORNERS),
        choice("unit", Unit.PIXELS),
        choice("activation", Activation.NONE),
        choice("background", Background.NONE),
        selection());
  }

  private Ssd ssd() {
    return new Ssd(
        tensor("boxes"),
        tensor("scores"),
        list("anchors", 0, MOST_GRIDS, place -> place.fields().map(DecodeReader::anchorGrid))
            .orElse(List.of()),
        list("variances", 2, 2, place -> place.number(VARIANCE)).orElse(List.of(0.1, 0.2)),
        choice("activation", Activation.NONE),
        choice("background", Background.FIRST),
        selection());
  }

  private BlazeFace blazeFace() {
    return new BlazeFace(
        tensor("boxes"),
        tensor("scores"),
        list("anchors", 1, MOST_GRIDS, place -> place.fields().map(DecodeReader::pointGrid))
            .orElse(BLAZEFACE_ANCHORS),
        fields.optional("scale").flatMap(place -> place.number(SCALE)),
        choice("activation", Activation.SIGMOID),
        choice("background", Background.NONE),
        selection());
  }

  private Yolox yolox() {
    return new Yolox(
        tensor("tensor"),
        list("strides", 1, MOST_STRIDES, place -> place.integer(Range.EXTENT))
            .orElse(List.of(8, 16, 32)),
        selection());
  }

  private Selection selection() {
    Optional<Fields> nms = fields.optional("nms").flatMap(Place::fields);
    Selection selection =
        new Selection(
            part(fields.optional("threshold")),
            part(nms.flatMap(present -> present.optional("iou"))),
            nms.flatMap(present -> present.optional("acrossClasses"))
                .flatMap(Place::flag)
                .orElse(false),
            fields.optional("maximum").flatMap(place -> place.integer(DETECTIONS)).orElse(100));
    nms.ifPresent(Fields::end);
    return selection;
  }

  private static double part(Optional<Place> place) {
    return place.flatMap(present -> present.number(Range.PART)).orElse(0.5);
  }

  private String tensor(String field) {
    return fields.required(field).flatMap(place -> place.text(TextRule.TENSOR_NAME)).orElse("");
  }

  private <E extends Enum<E>> E choice(String field, E fallback) {
    return fields
        .optional(field)
        .flatMap(place -> place.choice(fallback.getDeclaringClass()))
        .orElse(fallback);
  }

  private <T> Optional<List<T>> list(
      String field, int least, int most, Function<Place, Optional<T>> element) {
    return fields.optional(field).map(place -> elements(place, least, most, element));
  }

  private static <T> List<T> elements(
      Place place, int least, int most, Function<Place, Optional<T>> element) {
    List<T> elements = new ArrayList<>();
    place.items(least, most).forEach(item -> element.apply(item).ifPresent(elements::add));
    return elements;
  }

  private static AnchorGrid anchorGrid(Fields grid) {
    int stride = required(grid, "stride", Range.EXTENT);
    List<Size> sizes =
        grid.required("sizes")
            .map(place -> elements(place, 1, MOST_PER_CELL, DecodeReader::size))
            .orElse(List.of());
    grid.end();
    return new AnchorGrid(stride, sizes);
  }

  private static Optional<Size> size(Place place) {
    List<Double> pair = elements(place, 2, 2, item -> item.number(SIZE));
    return pair.size() == 2
        ? Optional.of(new Size(pair.getFirst(), pair.getLast()))
        : Optional.empty();
  }

  private static PointGrid pointGrid(Fields grid) {
    PointGrid points =
        new PointGrid(
            required(grid, "stride", Range.EXTENT),
            required(grid, "perCell", Range.of(1, MOST_PER_CELL)));
    grid.end();
    return points;
  }

  private static int required(Fields grid, String field, Range range) {
    return grid.required(field).flatMap(place -> place.integer(range)).orElse(1);
  }
}
