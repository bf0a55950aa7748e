package io.edgewright.compiler.manifest;

import java.util.List;

/// Member `run` of the manifest -> [RunPlan].
final class RunReader {
  private static final Range PERIOD = Range.of(0, 86_400_000);
  private static final Range THREADS = Range.of(1, 64);
  private static final Range CELSIUS = Range.of(20, 150);
  private static final Range MEGAHERTZ = Range.of(1, 100_000);
  private static final Range WATTS = Range.above(0, 10_000);
  private static final Range BATCH = Range.of(1, 1000);
  private static final Range BYTES_PER_DAY = Range.of(0, 1L << 40);
  private static final Range KEPT = Range.of(1 << 16, 1L << 40);
  private static final int MOST_FIELDS = 64;

  private RunReader() {}

  static RunPlan read(Fields fields) {
    RunPlan plan =
        new RunPlan(
            fields.optional("everyMillis").flatMap(place -> place.integer(PERIOD)).orElse(0),
            fields.optional("threads").flatMap(place -> place.integer(THREADS)).orElse(1),
            fields
                .optional("limits")
                .flatMap(Place::fields)
                .map(RunReader::limits)
                .orElse(RunLimits.NONE),
            fields.optional("results").flatMap(Place::fields).map(RunReader::results));
    fields.end();
    return plan;
  }

  private static RunLimits limits(Fields fields) {
    RunLimits limits =
        new RunLimits(
            fields.optional("maximumCelsius").flatMap(place -> place.number(CELSIUS)),
            fields.optional("maximumMegahertz").flatMap(place -> place.integer(MEGAHERTZ)),
            fields.optional("maximumWatts").flatMap(place -> place.number(WATTS)));
    fields.end();
    return limits;
  }

  private static ResultPolicy results(Fields fields) {
    ResultPolicy policy =
        new ResultPolicy(
            fields.optional("fields").map(RunReader::names),
            fields.optional("threshold").flatMap(place -> place.number(Range.PART)).orElse(0.0),
            fields.optional("onChange").flatMap(Place::flag).orElse(false),
            fields.optional("sampleRate").flatMap(place -> place.number(Range.PART)).orElse(1.0),
            fields.optional("batch").flatMap(place -> place.integer(BATCH)).orElse(100),
            bytes(fields, "bytesPerDay", BYTES_PER_DAY, 1_000_000),
            bytes(fields, "keepBytes", KEPT, 16 << 20));
    fields.end();
    return policy;
  }

  private static List<String> names(Place list) {
    return list.items(1, MOST_FIELDS).stream()
        .flatMap(item -> item.text(TextRule.TENSOR_NAME).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static long bytes(Fields fields, String name, Range range, long otherwise) {
    return fields
        .optional(name)
        .flatMap(place -> place.whole(range))
        .map(Double::longValue)
        .orElse(otherwise);
  }
}
