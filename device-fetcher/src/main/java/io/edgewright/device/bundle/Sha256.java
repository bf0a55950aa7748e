package io.edgewright.device.bundle;

import io.edgewright.device.disk.Disk;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private static final int BLOCK = 64 << 10;

  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException exception) {
      throw new IllegalStateException("every Java platform has SHA-256", exception);
    }
  }

  public void add(byte[] bytes, int offset, int count) {
    digest.update(bytes, offset, count);
  }

  /** The digest of everything added; starts anew afterwards. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String of(byte[] bytes) {
    Sha256 sha = new Sha256();
    sha.add(bytes, 0, bytes.length);
    return sha.hex();
  }

  public static String of(Disk.Input input) {
    Sha256 sha = new Sha256();
    byte[] block = new byte[BLOCK];
    long position = 0;
    for (int count = input.read(0, block, 0, BLOCK);
        count > 0;
        count = input.read(position, block, 0, BLOCK)) {
      sha.add(block, 0, count);
      position += count;
    }
    return sha.hex();
  }
}
