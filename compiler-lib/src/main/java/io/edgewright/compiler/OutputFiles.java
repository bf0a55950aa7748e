package io.edgewright.compiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// Files that appear together or not at all: each is written beside its place, and they are moved
/// there when all are complete.
final class OutputFiles {
  private final Map<Path, byte[]> contents = new LinkedHashMap<>();

  void add(Path place, byte[] content) {
    contents.put(place, content);
  }

  void write() throws IOException {
    Map<Path, Path> partial = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
        Path place = file.getKey().toAbsolutePath();
        Files.createDirectories(place.getParent());
        Path part =
            place.resolveSibling(
                place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        partial.put(part, place);
        Files.write(part, file.getValue());
      }
      for (Map.Entry<Path, Path> file : partial.entrySet()) {
        Files.move(file.getKey(), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      for (Path part : partial.keySet()) {
        Files.deleteIfExists(part);
      }
    }
  }
}
