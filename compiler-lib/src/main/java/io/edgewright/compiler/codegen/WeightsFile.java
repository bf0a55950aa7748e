package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// `weights.bin`: a header of 64 bytes, then the constants.
///
/// The header holds the magic word, the size of the file and the SHA-256 of what follows, so that a
/// program can tell at once whether it was given its own weights. All numbers are little-endian.
final class WeightsFile {
  static final int HEADER_BYTES = 64;

  /// Words of the header that a program compares: magic, size, digest.
  static final int HEADER_WORDS = 6;

  private static final byte[] MAGIC = "EWWEIGHT".getBytes(StandardCharsets.US_ASCII);

  private final byte[] content;

  /// How long the file of a program is.
  static long bytes(Program program) {
    return HEADER_BYTES + (long) program.weights().remaining();
  }

  WeightsFile(ByteBuffer constants) {
    ByteBuffer file =
        ByteBuffer.wrap(new byte[Math.addExact(HEADER_BYTES, constants.remaining())])
            .order(ByteOrder.LITTLE_ENDIAN);
    content = new byte[file.capacity()];
    constants.duplicate().get(content, HEADER_BYTES, constants.remaining());
    file.put(MAGIC).putLong(content.length).put(sha256(constants.duplicate()));
    file.get(0, content, 0, HEADER_BYTES);
  }

  private static byte[] sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  long bytes() {
    return content.length;
  }

  byte[] content() {
    return content.clone();
  }

  /// The header's words as a little-endian machine reads them.
  List<Long> identityWords() {
    ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> words = new ArrayList<>();
    for (int word = 0; word < HEADER_WORDS; word++) {
      words.add(header.getLong());
    }
    return words;
  }
}
