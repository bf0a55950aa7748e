package io.edgewright.device.disk;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Whole files that fit in memory, replaced so that a reader sees the old one or the new one. */
public final class SmallFile {
  private SmallFile() {}

  /** Empty where there is no such file; a file beyond the limit is cut there. */
  public static Optional<byte[]> read(Disk disk, Path file, int limit) {
    Optional<Disk.Input> opened = disk.open(file);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Disk.Input input = opened.get()) {
      byte[] content = new byte[(int) Math.min(limit, input.size())];
      int count = input.read(0, content, 0, content.length);
      return Optional.of(count == content.length ? content : Arrays.copyOf(content, count));
    }
  }

  /** Write beside, sync, rename over, sync the folder: survives a power cut at any point. */
  public static void replace(Disk disk, Path file, byte[] content, Disk.Access access) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Disk.Output output = disk.create(fresh, access)) {
      output.write(content, 0, content.length);
      output.sync();
    }
    disk.rename(fresh, file);
    disk.syncFolder(Objects.requireNonNull(file.getParent()));
  }
}
