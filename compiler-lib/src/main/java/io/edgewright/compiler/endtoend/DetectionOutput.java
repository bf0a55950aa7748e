package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.Decode.Selection;
import io.edgewright.compiler.manifest.OutputDescription.Detections;
import java.util.List;
import java.util.Optional;

/// Boxes and scores -> objects, best first, in pixels of the picture that went in.
record DetectionOutput(Detections description, PictureInput picture, BoxDecoder decoder)
    implements Decoding {
  private static final String NAME = "detections";

  /// @param pictures inputs that take pixels
  static Optional<DetectionOutput> of(
      Detections description,
      List<Value> outputs,
      List<PictureInput> pictures,
      Mismatches mismatches) {
    if (pictures.size() != 1) {
      mismatches.unfit(
          Location.manifestAt("outputs"),
          pictures.size() + " inputs that are pictures",
          "one input with `kind` `image`: boxes are in pixels of its frames",
          "describe the detector's input under `inputs`");
      return Optional.empty();
    }
    PictureInput picture = pictures.getFirst();
    return BoxDecoder.of(description.decode(), outputs, picture, mismatches)
        .map(decoder -> {
          mismatches.checkLabels(description.labels(), decoder.classes(), decoder.scoresName());
          return new DetectionOutput(description, picture, decoder);
        });
  }

  @Override
  public List<String> names() {
    return List.of(NAME, NAME + ".count");
  }

  @Override
  public List<Value> addTo(GraphBuilder builder, Results results) {
    Selection selection = description.decode().selection();
    Op select =
        new Op.SelectDetections(
            selection.threshold(),
            selection.iou(),
            selection.acrossClasses(),
            decoder.firstClass(),
            selection.maximum(),
            picture.width(),
            picture.height(),
            picture.fit());
    BoxDecoder.Decoded decoded = decoder.addTo(builder, results);
    return builder.addAll(
        NAME, select, List.of(decoded.boxes(), decoded.scores(), results.frame(picture)));
  }

  @Override
  public List<Port> ports(List<String> names) {
    return List.of(
        new Port.Detections(
            names.getFirst(), description.labels(), description.decode().selection().maximum()));
  }
}
