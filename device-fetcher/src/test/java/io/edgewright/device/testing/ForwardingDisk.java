package io.edgewright.device.testing;

import io.edgewright.device.disk.Disk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another disk as it is, but for what is overridden. */
public class ForwardingDisk implements Disk {
  private final Disk disk;

  public ForwardingDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public Output create(Path file, Access access) {
    return disk.create(file, access);
  }

  @Override
  public Output append(Path file, long keep) {
    return disk.append(file, keep);
  }

  @Override
  public Optional<Input> open(Path file) {
    return disk.open(file);
  }

  @Override
  public void makeFolder(Path folder) {
    disk.makeFolder(folder);
  }

  @Override
  public List<String> list(Path folder) {
    return disk.list(folder);
  }

  @Override
  public boolean isFolder(Path path) {
    return disk.isFolder(path);
  }

  @Override
  public void rename(Path from, Path to) {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    disk.delete(path);
  }

  @Override
  public void syncFolder(Path folder) {
    disk.syncFolder(folder);
  }

  @Override
  public long freeBytes(Path folder) {
    return disk.freeBytes(folder);
  }
}
