package io.edgewright.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that reads a frame and writes a result, from its start on.
///
/// @param millis from before the process is made until the first byte of its result has come
/// @param residentBytes what it holds in memory after that frame, waiting for the next; pages of
///   mapped files count
record FirstResult(double millis, long residentBytes) {
  private static final int SETTLE_MILLIS = 20;

  /// Starts the program once.
  static FirstResult of(List<String> command, byte[] frame)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("edgewright-bench", ".err");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile())).start();
    try {
      process.getOutputStream().write(frame);
      process.getOutputStream().flush();
      int first = process.getInputStream().read();
      double millis = (System.nanoTime() - start) / 1e6;
      if (first < 0) {
        throw new IOException(command.getFirst() + ": " + Files.readString(errors).strip());
      }
      Thread rest = Thread.ofVirtual().start(() -> drain(process.getInputStream()));
      Thread.sleep(SETTLE_MILLIS);
      long resident = residentBytes(Path.of("/proc/" + process.pid() + "/status"));
      process.getOutputStream().close();
      process.waitFor();
      rest.join();
      return new FirstResult(millis, resident);
    } finally {
      process.destroy();
      Files.delete(errors);
    }
  }

  private static void drain(InputStream output) {
    try {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // The process has ended: there is nothing left to take.
    }
  }

  /// Of several starts: the median time, and the memory of the last.
  static FirstResult typical(List<FirstResult> starts) {
    List<Double> times = new ArrayList<>(starts.stream().map(FirstResult::millis).toList());
    return new FirstResult(Spread.of(times).median(), starts.getLast().residentBytes());
  }

  static long residentBytes(Path status) throws IOException {
    for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS in " + status);
  }
}
