package io.edgewright.device.results;

import io.edgewright.device.results.Entry.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What one file of the log holds. Each entry is
 *
 * <pre>
 *   4 bytes  length of the rest behind the checksum
 *   4 bytes  CRC-32C of the rest behind it
 *   1 byte   kind
 *   8 bytes  sequence number
 *   ...      JSON
 * </pre>
 *
 * numbers big-endian. The first entry that is not whole, or has another checksum, ends the file:
 * what follows was never promised to anybody.
 *
 * @param wholeBytes where the last good entry ends
 */
record Segment(List<Entry> entries, int wholeBytes) {
  private static final int HEADER = 8;
  private static final int PREFIX = 9;

  Segment {
    entries = List.copyOf(entries);
  }

  static byte[] bytes(Entry added) {
    ByteBuffer entry = ByteBuffer.allocate(HEADER + PREFIX + added.json().length);
    entry.putInt(PREFIX + added.json().length).putInt(0);
    entry.put((byte) added.kind().code()).putLong(added.sequence()).put(added.json());
    return entry.putInt(4, checksum(entry.array(), HEADER, entry.capacity() - HEADER)).array();
  }

  static Segment read(byte[] file) {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    Optional<Entry> next = entryAt(file, at);
    while (next.isPresent()) {
      entries.add(next.get());
      at += HEADER + PREFIX + next.get().json().length;
      next = entryAt(file, at);
    }
    return new Segment(entries, at);
  }

  private static Optional<Entry> entryAt(byte[] file, int at) {
    if (file.length - at < HEADER + PREFIX) {
      return Optional.empty();
    }
    ByteBuffer entry = ByteBuffer.wrap(file, at, file.length - at);
    int length = entry.getInt();
    int checksum = entry.getInt();
    if (length < PREFIX
        || length > file.length - at - HEADER
        || checksum(file, at + HEADER, length) != checksum) {
      return Optional.empty();
    }
    int code = entry.get();
    long sequence = entry.getLong();
    byte[] json = Arrays.copyOfRange(file, at + HEADER + PREFIX, at + HEADER + length);
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.code() == code)
        .findFirst()
        .map(kind -> new Entry(kind, sequence, json));
  }

  /** The entries up to the last mark: those that a power cut cannot take back. */
  List<Entry> marked() {
    int end = entries.size();
    while (end > 0 && entries.get(end - 1).kind() != Kind.MARK) {
      end--;
    }
    return entries.subList(0, end);
  }

  private static int checksum(byte[] bytes, int offset, int count) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, count);
    return (int) checksum.getValue();
  }
}
