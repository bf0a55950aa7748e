package io.edgewright.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The results for people. Times are in milliseconds, sizes in KB of 1024 bytes.
record BenchTable(BenchResult result) {
  String text() {
    StringBuilder text = new StringBuilder(head());
    group(text, "float models", result.of(false));
    group(text, "int8 models", result.of(true));
    for (BenchResult.Failure failure : result.failures()) {
      text.append("not measured: ").append(failure.model()).append(": ");
      text.append(failure.reason()).append('\n');
    }
    return text.toString();
  }

  private String head() {
    Machine machine = result.machine();
    return """
    ONNX Runtime %s (C interface; all optimisations, 1 or 2 threads inside an operator, 1 between
    operators, named dimensions fixed, tensors bound beforehand, threads spin as by default) against
    ours, in turns in one process. Median [quartiles] in milliseconds; a ratio over 1: ours is faster.
    Memory and start: a process of ours against a C program that only runs ONNX Runtime.
    %s, %d processors; multiply-adds measured at most: %s GFLOP/s on one thread, %s on two.
    """
            .formatted(
                result.runtimeVersion(),
                machine.processor(),
                machine.processors(),
                giga(machine.peakOneThread()),
                giga(machine.peakTwoThreads()))
        + (result.quick() ? "A quick run: for a look, not for a figure.\n" : "");
  }

  private static String giga(Optional<Double> operations) {
    return operations.map(number -> decimal(number / 1e9, 1)).orElse("(no C compiler)");
  }

  private void group(StringBuilder text, String title, List<Measurement> measured) {
    if (measured.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append("\n\n").append(speed(measured)).append('\n');
    text.append(sizes(measured));
  }

  private String speed(List<Measurement> measured) {
    TextTable table =
        new TextTable(
            "model",
            "theirs, 1 thread",
            "ours, 1 thread",
            "ratio",
            "of fastest",
            "of peak",
            "theirs, 2 threads",
            "ours, 2 threads",
            "ratio",
            "of fastest");
    for (Measurement one : measured) {
      table.row(
          one.model().name(),
          spread(one.oneThread().theirs()),
          spread(one.oneThread().ours()),
          decimal(one.oneThread().ratio(), 2),
          decimal(one.oneThread().ratioOfFastest(), 2),
          peakShare(one),
          spread(one.twoThreads().theirs()),
          spread(one.twoThreads().ours()),
          decimal(one.twoThreads().ratio(), 2),
          decimal(one.twoThreads().ratioOfFastest(), 2));
    }
    table.row(
        "geometric mean",
        "",
        "",
        mean(measured, one -> one.oneThread().ratio()),
        mean(measured, one -> one.oneThread().ratioOfFastest()),
        "",
        "",
        "",
        mean(measured, one -> one.twoThreads().ratio()),
        mean(measured, one -> one.twoThreads().ratioOfFastest()));
    return table.text();
  }

  private String peakShare(Measurement one) {
    return result
        .machine()
        .peakOneThread()
        .map(peak -> decimal(100 * one.flopsPerSecond() / peak, 0) + " %")
        .orElse("-");
  }

  private static String sizes(List<Measurement> measured) {
    TextTable table =
        new TextTable(
            "model",
            "compile s",
            "bundle KB",
            "library KB",
            "weights KB",
            "arena KB",
            "start ms theirs",
            "ours",
            "ratio",
            "memory KB theirs",
            "ours",
            "ratio");
    for (Measurement one : measured) {
      Measurement.Artifact artifact = one.artifact();
      Optional<Measurement.Starts> starts = one.starts();
      table.row(
          one.model().name(),
          decimal(artifact.compileMillis() / 1000, 1),
          kilobytes(artifact.bundle()),
          kilobytes(artifact.library()),
          kilobytes(artifact.weights()),
          kilobytes(artifact.arena()),
          starts.map(s -> decimal(s.theirs().millis(), 1)).orElse("-"),
          starts.map(s -> decimal(s.ours().millis(), 1)).orElse("-"),
          starts.map(s -> decimal(s.startRatio(), 1)).orElse("-"),
          starts.map(s -> kilobytes(s.theirs().residentBytes())).orElse("-"),
          starts.map(s -> kilobytes(s.ours().residentBytes())).orElse("-"),
          starts.map(s -> decimal(s.memoryRatio(), 1)).orElse("-"));
    }
    List<Measurement.Starts> starts =
        measured.stream().flatMap(one -> one.starts().stream()).toList();
    if (!starts.isEmpty()) {
      String start = mean(starts, Measurement.Starts::startRatio);
      String memory = mean(starts, Measurement.Starts::memoryRatio);
      table.row("geometric mean", "", "", "", "", "", "", "", start, "", "", memory);
    }
    return table.text();
  }

  private static <T> String mean(List<T> measured, ToDoubleFunction<T> ratio) {
    return decimal(Spread.geometricMean(measured.stream().mapToDouble(ratio).boxed().toList()), 2);
  }

  private static String spread(Spread spread) {
    return "%s [%s %s]"
        .formatted(
            significant(spread.median()),
            significant(spread.lowerQuartile()),
            significant(spread.upperQuartile()));
  }

  /// Three digits that say something.
  private static String significant(double number) {
    int places = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : number >= 0.1 ? 3 : 4;
    return decimal(number, places);
  }

  private static String kilobytes(long bytes) {
    return Long.toString((bytes + 1023) / 1024);
  }

  private static String decimal(double number, int places) {
    return String.format(Locale.ROOT, "%." + places + "f", number);
  }
}
