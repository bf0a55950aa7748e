package io.edgewright.compiler.onnx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The models, pictures and suites that lie beside the project and are not part of it.
public final class TestData {
  private TestData() {}

  /// A place in the test data; the test is skipped where the data is not there.
  public static Path path(String place) {
    Path root = Path.of(System.getProperty("edgewright.project"), "..", "shared", "testdata");
    Path path = root.resolve(place).normalize();
    assumeTrue(Files.exists(path), () -> "no test data at " + path);
    return path;
  }

  public static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Entries of a folder, sorted by name.
  public static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
