package io.edgewright.compiler.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A static library with one member, in the format of System V and GNU `ar`: an index of the
/// symbols that it defines, then the object. Owner, time and mode are fixed.
final class ArArchive {
  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 60;

  private ArArchive() {}

  /// @param member name of the object, at most 15 letters
  /// @param symbols names that the object defines for others
  static byte[] of(String member, byte[] object, List<String> symbols) {
    byte[] names = (String.join("\0", symbols) + "\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer index =
        ByteBuffer.allocate(Math.ceilDiv((1 + symbols.size()) * 4 + names.length, 2) * 2);
    index.putInt(symbols.size());
    int memberOffset = MAGIC.length + HEADER_BYTES + index.capacity();
    symbols.forEach(_ -> index.putInt(memberOffset));
    index.put(names);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    archive.writeBytes(MAGIC);
    archive.writeBytes(header("/", index.capacity()));
    archive.writeBytes(index.array());
    archive.writeBytes(header(member + "/", object.length));
    archive.writeBytes(object);
    if (object.length % 2 != 0) {
      archive.write('\n');
    }
    return archive.toByteArray();
  }

  /// Name, time, owner, group, mode, size.
  private static byte[] header(String name, int bytes) {
    return "%-16s%-12d%-6d%-6d%-8s%-10d`\n"
        .formatted(name, 0, 0, 0, "644", bytes)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
