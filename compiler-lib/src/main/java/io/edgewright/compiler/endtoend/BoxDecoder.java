package io.edgewright.compiler.endtoend;

import static io.edgewright.compiler.endtoend.Formulas.in;
import static io.edgewright.compiler.endtoend.Formulas.times;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.endtoend.Decoding.Results;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.Decode;
import io.edgewright.compiler.manifest.Decode.Activation;
import io.edgewright.compiler.manifest.Decode.Background;
import java.util.List;
import java.util.Optional;

/// How a detector's outputs become corners [N, 4] in pixels of its input picture and scores [N, C].
///
/// @param scoresName the output that holds the scores
/// @param firstClass 1 where class 0 is a background
record BoxDecoder(Step boxes, Step scores, String scoresName, long classes, int firstClass) {
  private static final String BOXES = "floats [1, N, 4]";
  private static final String SCORES = "floats [1, N, classes]";

  /// Makes one of the two.
  interface Step {
    Value addTo(GraphBuilder builder, Results results);
  }

  record Decoded(Value boxes, Value scores) {}

  Decoded addTo(GraphBuilder builder, Results results) {
    return new Decoded(boxes.addTo(builder, results), scores.addTo(builder, results));
  }

  static Optional<BoxDecoder> of(
      Decode decode, List<Value> outputs, PictureInput picture, Mismatches mismatches) {
    Families families = new Families(outputs, picture.width(), picture.height(), mismatches);
    return switch (decode) {
      case Decode.Boxes boxes -> families.boxes(boxes);
      case Decode.Ssd ssd -> families.ssd(ssd);
      case Decode.BlazeFace face -> families.blazeFace(face);
      case Decode.Yolox yolox -> families.yolox(yolox);
    };
  }

  private record Families(List<Value> outputs, long width, long height, Mismatches mismatches) {
    Optional<BoxDecoder> boxes(Decode.Boxes decode) {
      boolean pixels = decode.unit() == Decode.Unit.PIXELS;
      return rows("boxes", decode.boxes(), BOXES, 4, 4)
          .flatMap(rows -> {
            Step boxes =
                new CornerBoxes(rows, decode.format(), pixels ? 1 : width, pixels ? 1 : height);
            return scored(boxes, rows, decode.scores(), decode.activation(), decode.background());
          });
    }

    Optional<BoxDecoder> ssd(Decode.Ssd decode) {
      return rows("boxes", decode.boxes(), BOXES, 4, 4)
          .flatMap(rows ->
              ssdBoxes(decode, rows)
                  .flatMap(boxes ->
                      scored(
                          boxes, rows, decode.scores(), decode.activation(), decode.background())));
    }

    private Optional<Step> ssdBoxes(Decode.Ssd decode, Rows rows) {
      if (decode.anchors().isEmpty()) {
        return Optional.of(new CornerBoxes(rows, Decode.BoxFormat.CORNERS, width, height));
      }
      AnchorGrids anchors = AnchorGrids.boxes(decode.anchors(), width, height);
      return anchored("anchors", rows, anchors)
          .map(_ -> AnchorBoxes.offsets(rows, anchors, decode.variances()));
    }

    Optional<BoxDecoder> blazeFace(Decode.BlazeFace decode) {
      Decode.Size whole =
          new Decode.Size(
              width / decode.scale().orElse((double) width),
              height / decode.scale().orElse((double) height));
      AnchorGrids anchors = AnchorGrids.points(decode.anchors(), whole, width, height);
      return rows("boxes", decode.boxes(), "floats [1, N, 4 or more]", 4, Long.MAX_VALUE)
          .flatMap(rows -> anchored("anchors", rows, anchors))
          .flatMap(rows ->
              scored(
                  AnchorBoxes.linear(rows, anchors),
                  rows,
                  decode.scores(),
                  decode.activation(),
                  decode.background()));
    }

    Optional<BoxDecoder> yolox(Decode.Yolox decode) {
      AnchorGrids cells = AnchorGrids.corners(decode.strides(), width, height);
      String allowed = "floats [1, N, 5 + classes]";
      return rows("tensor", decode.tensor(), allowed, 6, Long.MAX_VALUE)
          .flatMap(rows -> anchored("strides", rows, cells))
          .map(rows ->
              new BoxDecoder(
                  AnchorBoxes.offsets(rows, cells, List.of(1.0, 1.0)),
                  (builder, results) -> objectness(rows, builder, results),
                  rows.name(),
                  rows.columns() - 5,
                  0));
    }

    /// Objectness times the score of each class.
    private static Value objectness(Rows rows, GraphBuilder builder, Results results) {
      Value table = rows.addTo(builder, results);
      return builder.add(
          rows.name(),
          new Op.Map(times(in(0), in(1))),
          Rows.columns(builder, rows.name(), table, 4, 1),
          Rows.columns(builder, rows.name(), table, 5, rows.columns() - 5));
    }

    private Optional<Rows> rows(String field, String name, String allowed, long least, long most) {
      Optional<Rows> rows = Rows.of(field, name, allowed, outputs, mismatches);
      if (rows.isEmpty() || (rows.get().columns() >= least && rows.get().columns() <= most)) {
        return rows;
      }
      mismatches.unfit(
          Location.manifestAt("outputs", "decode", field),
          rows.get().described(),
          allowed,
          "name another output, or take another `family`");
      return Optional.empty();
    }

    /// The same rows when there is an anchor for each.
    private Optional<Rows> anchored(String field, Rows rows, AnchorGrids anchors) {
      if (anchors.count() == rows.count()) {
        return Optional.of(rows);
      }
      mismatches.unfit(
          Location.manifestAt("outputs", "decode", field),
          anchors.count() + " anchors in a picture of " + width + " x " + height,
          rows.count() + ", as many as " + rows.described() + " has rows",
          "describe the grids that the network was trained with");
      return Optional.empty();
    }

    private Optional<BoxDecoder> scored(
        Step boxes, Rows boxRows, String name, Activation activation, Background background) {
      Optional<Rows> found = Rows.of("scores", name, SCORES, outputs, mismatches);
      Optional<Rows> scores = found.flatMap(rows -> rows.withCount(boxRows.count()));
      int firstClass = background == Background.FIRST ? 1 : 0;
      if (found.isPresent() && scores.filter(rows -> rows.columns() > firstClass).isEmpty()) {
        mismatches.unfit(
            Location.manifestAt("outputs", "decode", "scores"),
            found.get().described(),
            "scores of %d boxes, for %d classes or more".formatted(boxRows.count(), firstClass + 1),
            "name the output that belongs to `" + boxRows.name() + "`, and check `background`");
        return Optional.empty();
      }
      return scores.map(rows ->
          new BoxDecoder(
              boxes,
              (builder, results) -> activated(rows, activation, builder, results),
              name,
              rows.columns(),
              firstClass));
    }

    private static Value activated(
        Rows rows, Activation activation, GraphBuilder builder, Results results) {
      Value scores = rows.addTo(builder, results);
      Expression sigmoid = Expression.apply(ScalarFunction.SIGMOID, Expression.identity());
      return switch (activation) {
        case NONE -> scores;
        case SIGMOID -> builder.add(rows.name(), new Op.Map(sigmoid), scores);
        case SOFTMAX -> builder.add(rows.name(), new Op.Softmax(1, false), scores);
      };
    }
  }
}
