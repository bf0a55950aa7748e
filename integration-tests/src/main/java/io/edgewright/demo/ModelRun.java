package io.edgewright.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a detector said of one picture, and how long a picture took: the median over some frames.
public record ModelRun(List<Detection> detections, double latencyMillis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Feeds `frames` copies of a picture to a program that reads frames and writes a line for each.
  static ModelRun of(ProcessBuilder program, Picture picture, int frames)
      throws IOException, InterruptedException {
    var input = new ByteArrayOutputStream();
    byte[] frame = picture.frame();
    for (int i = 0; i < frames; i++) {
      input.writeBytes(frame);
    }
    Launcher.Finished finished = Launcher.run(program, input.toByteArray());
    List<String> lines = finished.outputLines();
    if (finished.status() != 0 || lines.size() != frames) {
      throw new DemoException(
          "`%s` ended with status %d after %d of %d results:%n%s"
              .formatted(
                  String.join(" ", program.command()),
                  finished.status(),
                  lines.size(),
                  frames,
                  finished.errors().strip()));
    }
    return ofResults(lines);
  }

  private static ModelRun ofResults(List<String> lines) throws IOException {
    var latencies = new double[lines.size()];
    for (int i = 0; i < latencies.length; i++) {
      latencies[i] = JSON.readTree(lines.get(i)).get("latencyMicros").asDouble() / 1000;
    }
    Arrays.sort(latencies);
    JsonNode result = JSON.readTree(lines.getLast());
    return new ModelRun(Detection.fromResult(result), latencies[latencies.length / 2]);
  }

  /// Such as `0.93 ms per picture`.
  String latency() {
    return String.format(Locale.ROOT, "%.2f ms per picture", latencyMillis);
  }
}
