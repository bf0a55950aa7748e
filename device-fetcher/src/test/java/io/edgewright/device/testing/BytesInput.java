package io.edgewright.device.testing;

import io.edgewright.device.disk.Disk;

/** A file that is only in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BytesInput(byte[] bytes) implements Disk.Input {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] buffer, int offset, int count) {
    int available = (int) Math.max(0, Math.min(count, bytes.length - position));
    if (available > 0) {
      System.arraycopy(bytes, (int) position, buffer, offset, available);
    }
    return available;
  }

  @Override
  public void close() {}
}
