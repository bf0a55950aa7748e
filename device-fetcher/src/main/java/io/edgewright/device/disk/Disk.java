package io.edgewright.device.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files and folders below the home folder. Failures are `HOME_UNUSABLE` or `SPACE_SHORT`. */
public interface Disk {
  /** Who may use a file. */
  enum Access {
    PRIVATE("rw-------"),
    SHARED("rw-r--r--"),
    EXECUTABLE("rwxr-xr-x");

    private final String permissions;

    Access(String permissions) {
      this.permissions = permissions;
    }

    String permissions() {
      return permissions;
    }
  }

  /** A file being written. */
  interface Output extends AutoCloseable {
    void write(byte[] bytes, int offset, int count);

    /** Waits until what was written is on the medium. */
    void sync();

    @Override
    void close();
  }

  /** A file being read, at any place. */
  interface Input extends AutoCloseable {
    long size();

    /** Reads up to {@code count} bytes; fewer only at the end of the file, and then at least 0. */
    int read(long position, byte[] buffer, int offset, int count);

    @Override
    void close();
  }

  /** A new, empty file; what had that name before is gone. */
  Output create(Path file, Access access);

  /** Goes on with a file after its first {@code keep} bytes; makes it where there is none. */
  Output append(Path file, long keep);

  /** Empty where there is no such file. */
  Optional<Input> open(Path file);

  /** Makes one folder, only its owner may look inside; fine when it exists. */
  void makeFolder(Path folder);

  /** Names in a folder, sorted; empty when there is no such folder. */
  List<String> list(Path folder);

  boolean isFolder(Path path);

  /** Gives a file or folder a new name; a file of that name is replaced in the same step. */
  void rename(Path from, Path to);

  /** Deletes a file or an empty folder. */
  void delete(Path path);

  /** Waits until the names in a folder are on the medium. */
  void syncFolder(Path folder);

  /** What can still be written where this folder is. */
  long freeBytes(Path folder);
}
