package io.edgewright.compiler.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// A zip whose bytes depend on its entries alone: stored, not deflated, so that a new version can
/// be sent as the difference to the old one; each entry's bytes at a multiple of 4 KiB, so that
/// they can be mapped and their blocks compared; one fixed time.
///
/// Sections of APPNOTE.TXT 6.3.10 are named where the fields are written.
public final class BundleWriter {
  private static final int ALIGNMENT = 4096;

  private static final int LOCAL_HEADER_BYTES = 30;
  private static final int CENTRAL_HEADER_BYTES = 46;
  private static final int END_BYTES = 22;

  /// The extra field that Android's `zipalign` pads with: id, length, alignment, zeros.
  private static final short ALIGNMENT_FIELD = (short) 0xD935;

  private static final int ALIGNMENT_FIELD_BYTES = 6;

  private static final short VERSION_NEEDED = 20;
  private static final short MADE_ON_UNIX = (short) (3 << 8 | VERSION_NEEDED);
  private static final short NAMES_ARE_UTF8 = 1 << 11;
  private static final short FIRST_OF_JANUARY_1980 = 1 << 5 | 1;
  private static final int REGULAR_FILE = 0100644;
  private static final int EXECUTABLE_FILE = 0100755;

  private BundleWriter() {}

  /// @throws ArithmeticException when the zip would not fit 2 GiB
  public static byte[] write(List<BundleEntry> entries) {
    List<byte[]> parts = new ArrayList<>();
    List<byte[]> directory = new ArrayList<>();
    long offset = 0;
    for (BundleEntry entry : entries) {
      int crc = crc(entry.bytes());
      byte[] header = localHeader(entry, crc, Math.toIntExact(offset));
      parts.add(header);
      parts.add(entry.bytes());
      directory.add(centralHeader(entry, crc, (int) offset));
      offset += header.length + (long) entry.bytes().length;
    }
    parts.addAll(directory);
    parts.add(end(entries.size(), total(directory), Math.toIntExact(offset)));
    return joined(parts);
  }

  private static int total(List<byte[]> parts) {
    return Math.toIntExact(parts.stream().mapToLong(part -> part.length).sum());
  }

  /// In one allocation: the weights may be half of all memory.
  private static byte[] joined(List<byte[]> parts) {
    byte[] whole = new byte[total(parts)];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  /// Section 4.3.7.
  private static byte[] localHeader(BundleEntry entry, int crc, int offset) {
    byte[] name = name(entry);
    int unpadded = offset + LOCAL_HEADER_BYTES + name.length + ALIGNMENT_FIELD_BYTES;
    int padding = -unpadded & (ALIGNMENT - 1);
    int extraBytes = ALIGNMENT_FIELD_BYTES + padding;
    byte[] bytes = new byte[LOCAL_HEADER_BYTES + name.length + extraBytes];
    ByteBuffer header = littleEndian(bytes);
    header.putInt(0x04034B50);
    putCommon(header, entry, crc, name.length, extraBytes);
    header.put(name);
    header.putShort(ALIGNMENT_FIELD).putShort((short) (2 + padding)).putShort((short) ALIGNMENT);
    return bytes;
  }

  /// Section 4.3.12.
  private static byte[] centralHeader(BundleEntry entry, int crc, int offset) {
    byte[] name = name(entry);
    byte[] bytes = new byte[CENTRAL_HEADER_BYTES + name.length];
    ByteBuffer header = littleEndian(bytes);
    header.putInt(0x02014B50).putShort(MADE_ON_UNIX);
    putCommon(header, entry, crc, name.length, 0);
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0); // comment, disk, text
    header.putInt((entry.executable() ? EXECUTABLE_FILE : REGULAR_FILE) << 16);
    header.putInt(offset);
    header.put(name);
    return bytes;
  }

  /// The fields that both headers have, in the same order.
  private static void putCommon(
      ByteBuffer header, BundleEntry entry, int crc, int nameBytes, int extraBytes) {
    header.putShort(VERSION_NEEDED).putShort(NAMES_ARE_UTF8).putShort((short) 0); // stored
    header.putShort((short) 0).putShort(FIRST_OF_JANUARY_1980);
    header.putInt(crc).putInt(entry.bytes().length).putInt(entry.bytes().length);
    header.putShort((short) nameBytes).putShort((short) extraBytes);
  }

  /// Section 4.3.16.
  private static byte[] end(int entries, int directoryBytes, int directoryOffset) {
    byte[] bytes = new byte[END_BYTES];
    ByteBuffer end = littleEndian(bytes);
    end.putInt(0x06054B50).putShort((short) 0).putShort((short) 0);
    end.putShort((short) entries).putShort((short) entries);
    end.putInt(directoryBytes).putInt(directoryOffset).putShort((short) 0);
    return bytes;
  }

  private static byte[] name(BundleEntry entry) {
    return entry.path().getBytes(StandardCharsets.UTF_8);
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
