package io.edgewright.compiler.manifest;

import io.edgewright.compiler.manifest.OutputDescription.Classes;
import io.edgewright.compiler.manifest.OutputDescription.Detections;
import io.edgewright.compiler.manifest.OutputDescription.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `outputs`.
final class OutputReader {
  private static final List<String> KINDS = List.of("classes", "detections", "tensors");
  private static final Range TOP = Range.of(1, 1000);
  private static final int MOST_LABELS = 10_000;

  private OutputReader() {}

  static Optional<OutputDescription> read(Place place) {
    return place.fields().flatMap(OutputReader::read);
  }

  private static Optional<OutputDescription> read(Fields fields) {
    Optional<String> kind = fields.required("kind").flatMap(place -> place.word(KINDS));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<? extends OutputDescription> output =
        switch (kind.get()) {
          case "classes" -> Optional.of(classes(fields));
          case "detections" -> detections(fields);
          default -> Optional.of(new Tensors());
        };
    fields.end();
    return output.map(OutputDescription.class::cast);
  }

  private static Classes classes(Fields fields) {
    return new Classes(
        fields.optional("tensor").flatMap(place -> place.text(TextRule.TENSOR_NAME)),
        fields.optional("softmax").flatMap(Place::flag).orElse(false),
        fields.optional("top").flatMap(place -> place.integer(TOP)),
        labels(fields));
  }

  private static Optional<Detections> detections(Fields fields) {
    List<String> labels = labels(fields);
    return fields
        .required("decode")
        .flatMap(Place::fields)
        .flatMap(DecodeReader::read)
        .map(decode -> new Detections(decode, labels));
  }

  private static List<String> labels(Fields fields) {
    List<String> labels = new ArrayList<>();
    fields
        .optional("labels")
        .ifPresent(place ->
            place
                .items(0, MOST_LABELS)
                .forEach(item -> item.text(TextRule.LABEL).ifPresent(labels::add)));
    return labels;
  }
}
