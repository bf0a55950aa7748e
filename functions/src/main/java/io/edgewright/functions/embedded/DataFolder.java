package io.edgewright.functions.embedded;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.workflow.WorkFolder;
import io.edgewright.functions.embedded.store.Secrets;
import io.edgewright.functions.worker.Leftovers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;

/// The folder of one service, locked as long as it runs.
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// @throws ServiceException when another service uses it
  static DataFolder open(Path wanted) throws IOException {
    Path folder = Files.createDirectories(wanted.toAbsolutePath()).toRealPath();
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new ServiceException(
          ServiceErrorCode.FOLDER_IN_USE,
          "the folder `" + folder + "`",
          "another service at work in it",
          "one service a folder",
          "end the other one, or give this one a `--data` folder of its own");
    }
    DataFolder data = new DataFolder(folder, channel);
    Files.createDirectories(data.objects());
    Files.createDirectories(data.keys());
    Secrets.deleteUnfinished(folder);
    Secrets.deleteUnfinished(data.keys());
    Leftovers.end(data.work());
    WorkFolder.delete(data.work());
    Files.createDirectories(data.work());
    return data;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  Path path() {
    return folder;
  }

  Path database() {
    return folder.resolve("service.db");
  }

  Path objects() {
    return folder.resolve("objects");
  }

  Path keys() {
    return folder.resolve("keys");
  }

  Path work() {
    return folder.resolve("work");
  }

  Path operatorTokenFile() {
    return folder.resolve("operator.token");
  }

  String operatorToken() throws IOException {
    return new String(secret(operatorTokenFile()), StandardCharsets.US_ASCII).strip();
  }

  byte[] addressSecret() throws IOException {
    String text =
        new String(secret(keys().resolve("addresses.key")), StandardCharsets.US_ASCII).strip();
    return Base64.getUrlDecoder().decode(text);
  }

  private static byte[] secret(Path file) throws IOException {
    return Secrets.readOrMake(
        file, () -> (Secrets.token() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
