package io.edgewright.device.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The real disk. */
public final class LocalDisk implements Disk {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  @Override
  public Output create(Path file, Access access) {
    return attempt(
        file,
        () -> {
          // A new file rather than a truncated one: its permissions hold from the first byte on,
          // and
          // a program that still runs from the old one keeps it.
          Files.deleteIfExists(file);
          var permissions = PosixFilePermissions.fromString(access.permissions());
          FileChannel channel =
              FileChannel.open(
                  file, Set.of(CREATE, WRITE), PosixFilePermissions.asFileAttribute(permissions));
          Files.setPosixFilePermissions(file, permissions); // whatever the umask took away
          return new ChannelOutput(file, channel);
        });
  }

  @Override
  public Output append(Path file, long keep) {
    return attempt(
        file,
        () -> {
          FileChannel channel = FileChannel.open(file, CREATE, WRITE);
          channel.truncate(keep);
          channel.position(keep);
          return new ChannelOutput(file, channel);
        });
  }

  @Override
  public Optional<Input> open(Path file) {
    return attempt(
        file,
        () -> {
          try {
            return Optional.of(new ChannelInput(file, FileChannel.open(file, READ)));
          } catch (NoSuchFileException exception) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void makeFolder(Path folder) {
    attempt(
        folder,
        () -> {
          try {
            return Files.createDirectory(folder, OWNER_ONLY);
          } catch (FileAlreadyExistsException exception) {
            if (!Files.isDirectory(folder)) {
              throw exception;
            }
            return folder;
          }
        });
  }

  @Override
  public List<String> list(Path folder) {
    return attempt(
        folder,
        () -> {
          try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
          } catch (NoSuchFileException exception) {
            return List.of();
          }
        });
  }

  @Override
  public boolean isFolder(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public void rename(Path from, Path to) {
    attempt(to, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void delete(Path path) {
    attempt(path, () -> Files.deleteIfExists(path));
  }

  @Override
  public void syncFolder(Path folder) {
    attempt(
        folder,
        () -> {
          try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
            return folder;
          }
        });
  }

  @Override
  public long freeBytes(Path folder) {
    return attempt(folder, () -> Files.getFileStore(folder).getUsableSpace());
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private static <T> T attempt(Path path, Step<T> step) {
    try {
      return step.run();
    } catch (IOException exception) {
      throw failed(path, exception);
    }
  }

  private static DeviceException failed(Path path, IOException exception) {
    String reason = String.valueOf(exception.getMessage());
    if (reason.contains("No space left") || reason.contains("quota exceeded")) {
      return new DeviceException(
          DeviceErrorCode.SPACE_SHORT,
          "file `" + path + "`",
          "the disk is full",
          "space for what is being written",
          "make room; what was installed before is untouched");
    }
    return new DeviceException(
        DeviceErrorCode.HOME_UNUSABLE,
        "file `" + path + "`",
        exception.getClass().getSimpleName() + " " + reason,
        "a folder that this user can read and write",
        "check its owner and permissions, and that its disk is mounted and sound");
  }

  private static void closeChannel(Path file, FileChannel channel) {
    attempt(
        file,
        () -> {
          channel.close();
          return file;
        });
  }

  private record ChannelOutput(Path file, FileChannel channel) implements Output {
    @Override
    public void write(byte[] bytes, int offset, int count) {
      attempt(
          file,
          () -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
            while (buffer.hasRemaining()) {
              channel.write(buffer);
            }
            return count;
          });
    }

    @Override
    public void sync() {
      attempt(
          file,
          () -> {
            channel.force(true);
            return file;
          });
    }

    @Override
    public void close() {
      closeChannel(file, channel);
    }
  }

  private record ChannelInput(Path file, FileChannel channel) implements Input {
    @Override
    public long size() {
      return attempt(file, channel::size);
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int count) {
      return attempt(
          file,
          () -> {
            ByteBuffer target = ByteBuffer.wrap(buffer, offset, count);
            while (target.hasRemaining()
                && channel.read(target, position + target.position() - offset) > 0) {
              // a read may be short; go on until the end of the file
            }
            return target.position() - offset;
          });
    }

    @Override
    public void close() {
      closeChannel(file, channel);
    }
  }
}
