package io.edgewright.functions.embedded.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// Small files that only the service's user may read, made at the first start.
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /// What to write when there is no such file yet.
  public interface Fresh {
    byte[] make() throws IOException;
  }

  /// The bytes of the file, which is made if it is not there. The file appears whole or not at all.
  public static byte[] readOrMake(Path file, Fresh fresh) throws IOException {
    if (!Files.exists(file)) {
      replace(file, fresh.make());
    }
    return Files.readAllBytes(file);
  }

  /// Puts these bytes in the place of the file's, if there is one: whole or not at all.
  public static void replace(Path file, byte[] bytes) throws IOException {
    Path unfinished =
        Files.createTempFile(
            DurableFiles.folderOf(file),
            "new",
            ".secret",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(unfinished, bytes);
    DurableFiles.sync(unfinished);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.sync(DurableFiles.folderOf(file));
  }

  /// Deletes what a service that was killed while it made a file left in a folder.
  public static void deleteUnfinished(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "new*.secret")) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /// 256 random bits, in letters that fit an address or a header.
  public static String token() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
