package io.edgewright.device.testing;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.LocalDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real disk, as if it had only so much room left. */
public record DiskWithRoomFor(long freeBytes) implements Disk {
  private static final Disk REAL = new LocalDisk();

  @Override
  public Output create(Path file, Access access) {
    return REAL.create(file, access);
  }

  @Override
  public Output append(Path file, long keep) {
    return REAL.append(file, keep);
  }

  @Override
  public Optional<Input> open(Path file) {
    return REAL.open(file);
  }

  @Override
  public void makeFolder(Path folder) {
    REAL.makeFolder(folder);
  }

  @Override
  public List<String> list(Path folder) {
    return REAL.list(folder);
  }

  @Override
  public boolean isFolder(Path path) {
    return REAL.isFolder(path);
  }

  @Override
  public void rename(Path from, Path to) {
    REAL.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    REAL.delete(path);
  }

  @Override
  public void syncFolder(Path folder) {
    REAL.syncFolder(folder);
  }

  @Override
  public long freeBytes(Path folder) {
    return freeBytes;
  }
}
