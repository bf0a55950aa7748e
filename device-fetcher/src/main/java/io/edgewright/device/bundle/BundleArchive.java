package io.edgewright.device.bundle;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A strict reader of the one kind of zip that a bundle is.
 *
 * <p>Zip files can be read in many ways, and attacks live in the differences. Here there is one
 * way: entries are stored, not compressed; they follow each other from the first byte without a
 * gap, in the order of the directory, which agrees with them in every field; the directory is
 * followed by the end record and that by nothing. Padding for alignment is in the extra field of an
 * entry.
 */
public final class BundleArchive {
  static final int MOST_ENTRIES = 100;

  private static final int END_BYTES = 22;
  private static final int DIRECTORY_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int DIRECTORY_SIGNATURE = 0x02014b50;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int UTF8_NAMES = 1 << 11;

  /** Where an entry's bytes are in the file. */
  public record Entry(String path, long offset, long bytes) {}

  private BundleArchive() {}

  /** Reads the directory and checks it against every entry's own header. */
  public static Map<String, Entry> entries(Disk.Input file) {
    long size = file.size();
    if (size < END_BYTES) {
      throw malformed("end record", size + " bytes in all", "at least " + END_BYTES);
    }
    ByteBuffer end = read(file, size - END_BYTES, END_BYTES);
    expect("end record", end.getInt(0), END_SIGNATURE);
    expect("end record, disks", end.getInt(4), 0);
    int count = end.getShort(10) & 0xffff;
    expect("end record, entries", end.getShort(8) & 0xffff, count);
    long directoryBytes = end.getInt(12) & 0xffffffffL;
    long directoryStart = end.getInt(16) & 0xffffffffL;
    expect("end record, comment", end.getShort(20), 0);
    expect("directory", directoryStart + directoryBytes, size - END_BYTES);
    if (count > MOST_ENTRIES || directoryBytes > MOST_ENTRIES * 1024L) {
      throw malformed("directory", count + " entries", "at most " + MOST_ENTRIES);
    }
    ByteBuffer directory = read(file, directoryStart, (int) directoryBytes);
    Map<String, Entry> entries = new LinkedHashMap<>();
    long position = 0;
    for (int index = 0; index < count; index++) {
      Entry entry = readEntry(file, directory, position, directoryStart);
      if (entries.put(entry.path(), entry) != null) {
        throw malformed("entry `" + entry.path() + "`", "there twice", "each path once");
      }
      position = entry.offset() + entry.bytes();
    }
    expect("directory, bytes left over", directory.remaining(), 0);
    expect("end of the last entry", position, directoryStart);
    return entries;
  }

  /** One directory record and the header at the entry itself; both must say the same. */
  private static Entry readEntry(
      Disk.Input file, ByteBuffer directory, long position, long directoryStart) {
    ByteBuffer central = take(directory, DIRECTORY_BYTES, "directory record");
    expect("directory record", central.getInt(0), DIRECTORY_SIGNATURE);
    int nameBytes = central.getShort(28) & 0xffff;
    ByteBuffer name = take(directory, nameBytes, "directory record, name");
    take(directory, central.getShort(30) & 0xffff, "directory record, extra field");
    String path = checkedPath(name);
    String where = "entry `" + path + "`";
    expect(where + ", comment", central.getShort(32), 0);
    expect(where + ", disk", central.getShort(34), 0);
    expect(where + ", offset", central.getInt(42) & 0xffffffffL, position);

    expectRoom(where, position + LOCAL_BYTES + nameBytes, directoryStart);
    ByteBuffer local = read(file, position, LOCAL_BYTES + nameBytes);
    expect(where + ", header", local.getInt(0), LOCAL_SIGNATURE);
    // Version needed, flags, method, time, date, CRC, both sizes and the length of the name.
    if (!slice(local, 4, 24).equals(slice(central, 6, 24))
        || !slice(local, LOCAL_BYTES, nameBytes).equals(name)) {
      throw malformed(where, "header and directory differ", "the same in both");
    }
    expect(where + ", flags", local.getShort(6) & ~UTF8_NAMES, 0);
    expect(where + ", compression", local.getShort(8), 0);
    long bytes = local.getInt(22) & 0xffffffffL;
    expect(where + ", stored size", local.getInt(18) & 0xffffffffL, bytes);
    long start = position + LOCAL_BYTES + nameBytes + (local.getShort(28) & 0xffff);
    expectRoom(where, start + bytes, directoryStart);
    return new Entry(path, start, bytes);
  }

  /** Only plain relative paths: no way out of the folder, nothing that a shell would trip over. */
  private static String checkedPath(ByteBuffer name) {
    String path = StandardCharsets.ISO_8859_1.decode(name.duplicate()).toString();
    BundleManifest.checkPath(path, seen -> malformed("entry name", seen, BundleManifest.PATHS));
    return path;
  }

  private static ByteBuffer take(ByteBuffer source, int count, String where) {
    if (source.remaining() < count) {
      throw malformed(where, "ends after " + source.remaining() + " bytes", count + " bytes");
    }
    ByteBuffer part = slice(source, source.position(), count);
    source.position(source.position() + count);
    return part;
  }

  private static ByteBuffer slice(ByteBuffer source, int index, int count) {
    return source.slice(index, count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer read(Disk.Input file, long position, int count) {
    byte[] bytes = new byte[count];
    int got = position < 0 ? 0 : file.read(position, bytes, 0, count);
    if (got < count) {
      throw malformed("file", "ends at " + (position + got), "at least " + (position + count));
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void expectRoom(String where, long end, long directoryStart) {
    if (end > directoryStart) {
      throw malformed(where, "ends at " + end, "at most " + directoryStart);
    }
  }

  private static void expect(String where, long seen, long allowed) {
    if (seen != allowed) {
      throw malformed(where, String.valueOf(seen), String.valueOf(allowed));
    }
  }

  private static DeviceException malformed(String where, String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.ARCHIVE_MALFORMED, "bundle, " + where, seen, allowed, BundleCheck.KEEPS);
  }
}
