package io.edgewright.device.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Held by one process at a time; the system lets go of it when the process dies. */
public final class FileLock {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private FileLock() {}

  /** Runs a step while holding the lock; waits for it, but not longer than {@code patience}. */
  static <T> T holding(Path file, Duration patience, Supplier<T> step) {
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      long deadline = System.nanoTime() + patience.toNanos();
      while (!isLocked(channel)) {
        if (System.nanoTime() >= deadline) {
          throw busy(file);
        }
        Thread.sleep(BETWEEN_TRIES.toMillis());
      }
      return step.get();
    } catch (IOException exception) {
      throw unusable(file, exception);
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw busy(file);
    }
  }

  /** The lock, until it is closed; empty while another process holds it. */
  static Optional<Held> tryHold(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, CREATE, WRITE);
      if (isLocked(channel)) {
        return Optional.of(new Held(file, channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException exception) {
      throw unusable(file, exception);
    }
  }

  /** A lock that is held; the system lets go of it when the process dies. */
  public record Held(Path file, FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException exception) {
        throw unusable(file, exception);
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException exception) {
      return false; // another thread of this process holds it
    }
  }

  private static DeviceException unusable(Path file, IOException exception) {
    return new DeviceException(
        DeviceErrorCode.HOME_UNUSABLE,
        "file `" + file + "`",
        exception.getClass().getSimpleName() + " " + exception.getMessage(),
        "a home folder that this user can read and write",
        "check its owner and permissions");
  }

  private static DeviceException busy(Path file) {
    return new DeviceException(
        DeviceErrorCode.HOME_BUSY,
        "file `" + file + "`",
        "held by another process",
        "one `sync` or `enroll` at a time in one home folder",
        "wait for the other one, or give this one a home folder of its own with `--home`");
  }
}
