package io.edgewright.functions.embedded.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// What `java.nio.file.Files` lacks for files that must survive a power cut.
public final class DurableFiles {
  private DurableFiles() {}

  /// Waits until a file's content, or a folder's list of names, is on the disk.
  public static void sync(Path fileOrFolder) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// The folder that a file or folder is in.
  public static Path folderOf(Path fileOrFolder) {
    return Objects.requireNonNull(fileOrFolder.toAbsolutePath().getParent());
  }
}
