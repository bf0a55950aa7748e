package io.edgewright.device.results;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of the log. Each is called by the number of its first entry; only the newest is ever
 * written to. {@code run} writes and drops, {@code sync} reads and deletes what was acknowledged.
 */
record LogFolder(Disk disk, Path folder) {
  private static final int MOST_SEGMENT_BYTES = 64 << 20;
  private static final int BLOCK = 4096;

  /** Names of the files, oldest first. */
  List<String> names() {
    return disk.list(folder).stream().filter(name -> name.matches("\\d{19}\\.log")).toList();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  static String nameOf(long first) {
    return "%019d.log".formatted(first);
  }

  static long firstOf(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  /** Empty where the file is gone by now. */
  Segment read(String name) {
    return Segment.read(SmallFile.read(disk, file(name), MOST_SEGMENT_BYTES).orElse(new byte[0]));
  }

  /** What a file takes on the medium. */
  long bytes(String name) {
    return disk.open(file(name))
        .map(opened -> {
          try (Disk.Input input = opened) {
            return (input.size() + BLOCK - 1) / BLOCK * BLOCK;
          }
        })
        .orElse(0L);
  }

  void delete(String name) {
    disk.delete(file(name));
  }
}
