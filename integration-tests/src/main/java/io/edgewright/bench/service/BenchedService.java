package io.edgewright.bench.service;

import io.edgewright.functions.embedded.EmbeddedService;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The service as `./edgewright serve` runs it, in a process of its own.
final class BenchedService implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final Process process;
  private final Path data;
  private final URI address;

  private BenchedService(Process process, Path data, URI address) {
    this.process = process;
    this.data = data;
    this.address = address;
  }

  /// @param folder where its data and its log go
  static BenchedService start(Path folder) throws IOException {
    Path data = folder.resolve("data");
    Path log = folder.resolve("service.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path", ""),
                EmbeddedService.class.getName(),
                "--port",
                "0",
                "--data",
                data.toString())
            .redirectError(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      Matcher found = ADDRESS.matcher(line == null ? "" : line);
      if (!found.find()) {
        throw new IOException("the service did not start; its log is " + log);
      }
      return new BenchedService(process, data, URI.create(found.group()));
    }
  }

  URI address() {
    return address;
  }

  Path data() {
    return data;
  }

  String operatorToken() throws IOException {
    return Files.readString(data.resolve("operator.token")).strip();
  }

  /// The compilers that are at work now.
  Stream<ProcessHandle> compilers() {
    return process
        .descendants()
        .filter(each ->
            each.info().arguments().stream()
                .flatMap(Stream::of)
                .anyMatch("io.edgewright.compiler.CommandLine"::equals));
  }

  /// The most memory that the service itself held, in bytes; 0 where the system does not say.
  long peakBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    Matcher peak = PEAK.matcher(Files.readString(status));
    return peak.find() ? Long.parseLong(peak.group(1)) << 10 : 0;
  }

  /// The files in a folder of the objects.
  List<Path> objects(String kind) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("objects").resolve(kind))) {
      return files.toList();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the service does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
