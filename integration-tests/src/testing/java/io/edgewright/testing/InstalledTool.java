package io.edgewright.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine that some tests run; without one the running test is skipped. */
public final class InstalledTool {
  private InstalledTool() {}

  /**
   * Runs programs of another architecture, as in {@code aarch64}: qemu-user of Debian, or its static
   * twin.
   */
  public static Path qemuUser(String architecture) {
    String name = "qemu-" + architecture;
    Optional<Path> found = onPath(name).or(() -> onPath(name + "-static"));
    assumeTrue(found.isPresent(), "needs " + name + " (Debian: qemu-user)");
    return found.orElseThrow();
  }

  /** Builds C beside our own clang. */
  public static Path gcc() {
    Optional<Path> found = onPath("gcc");
    assumeTrue(found.isPresent(), "needs gcc with a C library (Debian: gcc, libc6-dev)");
    return found.orElseThrow();
  }

  /** Builds C++. */
  public static Path gccForCpp() {
    Optional<Path> found = onPath("g++");
    assumeTrue(found.isPresent(), "needs g++ (Debian: g++)");
    return found.orElseThrow();
  }

  /** Runs boards with Cortex-M cores. */
  public static Path qemuSystemArm() {
    Optional<Path> found = onPath("qemu-system-arm");
    assumeTrue(found.isPresent(), "needs qemu-system-arm (Debian: qemu-system-arm)");
    return found.orElseThrow();
  }

  /** A Python 3 that has numpy: the one on the PATH, or the system's. */
  public static Path pythonWithNumpy() {
    Optional<Path> found =
        Stream.concat(onPath("python3").stream(), Stream.of(Path.of("/usr/bin/python3")))
            .filter(Files::isExecutable)
            .filter(InstalledTool::importsNumpy)
            .findFirst();
    assumeTrue(found.isPresent(), "needs python3 with numpy (Debian: python3-numpy)");
    return found.orElseThrow();
  }

  /** Shows pages: Chromium, which can do so without a screen. */
  public static Path chromium() {
    Optional<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> onPath(name).stream())
            .findFirst();
    assumeTrue(found.isPresent(), "needs chromium (Debian: chromium)");
    return found.orElseThrow();
  }

  /** Judges service units, without a systemd that runs. */
  public static Path systemdAnalyze() {
    Optional<Path> found = onPath("systemd-analyze");
    assumeTrue(found.isPresent(), "needs systemd-analyze (Debian: systemd)");
    return found.orElseThrow();
  }

  /** The Java that devices have: Debian's, beside the one that runs the tests. */
  public static Path java17() {
    Path folder = Path.of("/usr/lib/jvm");
    Optional<Path> found = Optional.empty();
    try (Stream<Path> homes = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      found =
          homes
              .filter(home -> home.getFileName().toString().matches("java-1\\.17\\.0-openjdk-.*"))
              .map(home -> home.resolve("bin/java"))
              .filter(Files::isExecutable)
              .findFirst();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    assumeTrue(found.isPresent(), "needs Java 17 (Debian 12: openjdk-17-jre-headless)");
    return found.orElseThrow();
  }

  /** Drives containers, which may share this machine's network: an engine on Linux that runs. */
  public static Path containerEngine() throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name", "").equals("Linux"), "needs Linux and a container engine");
    Optional<Path> found = onPath("docker");
    assumeTrue(found.isPresent(), "needs a container engine (Debian: docker.io)");
    ProgramRun list = ProgramRun.of(found.orElseThrow().toString(), "ps", "-q");
    assumeTrue(
        list.status() == 0, () -> "needs a container engine that runs; docker: " + list.lastError());
    return found.orElseThrow();
  }

  /** The program called {@code name} in the first folder of the PATH that has it. */
  public static Optional<Path> onPath(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean importsNumpy(Path python) {
    try {
      Process process =
          new ProcessBuilder(List.of(python.toString(), "-c", "import numpy"))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
