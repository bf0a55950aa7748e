package io.edgewright.functions.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The service in a process of its own, to be killed. Only the compiler behind it is the fake one,
/// and whatever that makes passes its self-test.
final class ServiceProcess implements AutoCloseable {
  private final Process process;
  private final Path folder;

  private ServiceProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /// With the fake compiler behind it.
  static ServiceProcess start(Path folder) throws IOException {
    return start(folder, ServiceProcess.class, folder.toString());
  }

  /// As `./edgewright serve` starts it.
  static ServiceProcess startStandard(Path folder) throws IOException {
    return start(folder, EmbeddedService.class, "--data", folder.toString(), "--port", "0");
  }

  private static ServiceProcess start(Path folder, Class<?> main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ServiceProcess(process, folder);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    EmbeddedService service =
        EmbeddedService.start(
            new Options("127.0.0.1", 0, Path.of(arguments[0]), Optional.empty()),
            TestService.tools(
                TestService.LIMITS,
                System.err,
                Clock.systemUTC(),
                time -> Thread.sleep(time.dividedBy(50))));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                service.close();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }));
    System.out.println(service.address());
    Thread.currentThread().join();
  }

  /// A client of it, as soon as it answers; none if it ended before.
  Optional<CheckedClient> client() throws IOException {
    @Nullable String line;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      line = reader.readLine();
    }
    if (line == null) {
      return Optional.empty();
    }
    String token = Files.readString(folder.resolve("operator.token")).strip();
    return Optional.of(CheckedClient.of(URI.create(line), token));
  }

  /// `kill -9`: it can do nothing about it.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// In good order.
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(Duration.ofSeconds(60))) {
        throw new IOException("no end of the service");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// The exit status of a service that does not start.
  int exit() throws InterruptedException, IOException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IOException("it started");
    }
    return process.exitValue();
  }

  /// All that the processes on this folder wrote to stderr.
  String log() throws IOException {
    return Files.readString(folder.resolveSibling(folder.getFileName() + ".log"));
  }
}
