package io.edgewright.compiler.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the processor of this machine says about itself.
///
/// @param architecture as the first part of a triple
/// @param features the flags of `/proc/cpuinfo`; empty where the system has no such file
public record HostProcessor(String architecture, Set<String> features) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  public HostProcessor {
    features = Set.copyOf(features);
  }

  /// The machine that this program runs on.
  public static HostProcessor read() {
    return new HostProcessor(
        architectureNamed(System.getProperty("os.arch", "")), parse(readLines(PROCESSORS)));
  }

  /// The features of the first processor listed: Linux lists only what all of them can do.
  static Set<String> parse(List<String> processorLines) {
    for (String line : processorLines) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String key = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (key.equals("flags") || key.equals("features")) {
        return Set.copyOf(List.of(value.split(" +")));
      }
      if (key.equals("isa")) {
        return extensions(value);
      }
    }
    return Set.of();
  }

  /// RISC-V's extensions: of `rv64imafdcv_zba_zbb` the letters and the words.
  private static Set<String> extensions(String isa) {
    List<String> words = List.of(isa.split("_"));
    Set<String> extensions = new HashSet<>(words.subList(1, words.size()));
    words
        .getFirst()
        .replaceFirst("^rv\\d+", "")
        .chars()
        .forEach(letter -> extensions.add(Character.toString(letter)));
    return extensions;
  }

  /// Whether programs for `target` run here without emulation.
  public boolean runs(Target target) {
    return target.architecture().equals(architecture) && features.containsAll(target.features());
  }

  /// Java's name of the most common architecture differs from everybody else's.
  private static String architectureNamed(String javaName) {
    return javaName.equals("amd64") ? "x86_64" : javaName;
  }

  private static List<String> readLines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException noSuchSystem) {
      return List.of();
    }
  }
}
