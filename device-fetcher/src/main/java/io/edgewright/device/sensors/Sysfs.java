package io.edgewright.device.sensors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The small files below /sys. They come and go, and many are for root alone: what cannot be read is
 * not there.
 */
public record Sysfs(Path root) {
  /** Where it is on every Linux; the property is for systems that mount it elsewhere. */
  public static Sysfs ofThisMachine() {
    return new Sysfs(Path.of(System.getProperty("edgewright.sysfs", "/sys")));
  }

  Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException exception) {
      return Optional.empty();
    }
  }

  /** A whole number, decimal or with {@code 0x} in front. */
  OptionalLong number(Path file) {
    try {
      return text(file)
          .filter(text -> !text.isEmpty())
          .map(text -> OptionalLong.of(Long.decode(text)))
          .orElse(OptionalLong.empty());
    } catch (NumberFormatException exception) {
      return OptionalLong.empty();
    }
  }

  Path path(String below) {
    return root.resolve(below);
  }

  /** Entries of a folder whose names match, sorted; none where there is no such folder. */
  List<Path> entries(Path folder, String glob) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(entries::add);
    } catch (IOException exception) {
      return List.of();
    }
    Collections.sort(entries);
    return entries;
  }

  List<Path> entries(String folder, String glob) {
    return entries(path(folder), glob);
  }

  /** Whether the value was set. */
  boolean write(Path file, String value) {
    try {
      Files.writeString(file, value, StandardCharsets.UTF_8);
      return true;
    } catch (IOException exception) {
      return false;
    }
  }
}
