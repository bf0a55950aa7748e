package io.edgewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the measurements were made on.
///
/// @param peakOneThread fused multiply-adds counted as two operations a second; empty where no C
///   compiler is there to measure it
/// @param peakTwoThreads both threads together
record Machine(
    String processor,
    int processors,
    Optional<Double> peakOneThread,
    Optional<Double> peakTwoThreads) {

  static Machine measure(Optional<NativeTool> peak) throws IOException, InterruptedException {
    Optional<Double> one = Optional.empty();
    Optional<Double> two = Optional.empty();
    if (peak.isPresent()) {
      one = Optional.of(peak.get().numbers(1).getFirst());
      two = Optional.of(peak.get().numbers(2).stream().mapToDouble(Double::doubleValue).sum());
    }
    return new Machine(processorName(), Runtime.getRuntime().availableProcessors(), one, two);
  }

  private static String processorName() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch", "unknown"));
  }
}
