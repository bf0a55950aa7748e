package io.edgewright.compiler.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Finds the files of `targets/` beside the compiler's classes, in a folder or in a jar, so that no
/// list of them needs to be kept.
final class TargetResources {
  private static final String FOLDER = "/io/edgewright/compiler/targets";

  private TargetResources() {}

  /// File name to its bytes.
  static Map<String, byte[]> read() {
    URL folder =
        Objects.requireNonNull(
            TargetResources.class.getResource(FOLDER), "the class path has no " + FOLDER);
    try {
      URI uri = folder.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return readFolder(Path.of(uri));
      }
      // Not the shared file system of the URI: another thread may close that one.
      String jar = uri.getSchemeSpecificPart();
      Path file = Path.of(URI.create(jar.substring(0, jar.indexOf("!/"))));
      try (FileSystem archive = FileSystems.newFileSystem(file)) {
        return readFolder(archive.getPath(FOLDER));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, byte[]> readFolder(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (var files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        contents.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
