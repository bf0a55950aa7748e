package io.edgewright.device.testing;

import io.edgewright.device.disk.LocalDisk;
import java.nio.file.Path;

/** The real disk, as if it had only so much room left. */
public final class DiskWithRoomFor extends ForwardingDisk {
  private final long freeBytes;

  public DiskWithRoomFor(long freeBytes) {
    super(new LocalDisk());
    this.freeBytes = freeBytes;
  }

  @Override
  public long freeBytes(Path folder) {
    return freeBytes;
  }
}
