package io.edgewright.functions.core;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Faults of a disk that its owner can mend. Neither the JDK nor SQLite has a type for them: what
/// the system or the database said is in the message.
public final class StorageFault {
  private static final Set<String> FULL =
      Set.of("no space left on device", "disk quota exceeded", "[sqlite_full]");
  private static final Set<String> READ_ONLY =
      Set.of(
          "read-only file system",
          "java.nio.file.accessdeniedexception",
          "[sqlite_readonly",
          "[sqlite_cantopen]");

  private StorageFault() {}

  /// What a fault, or one of its causes, says about the disk.
  public static Optional<ServiceProblem> in(Throwable fault) {
    for (Throwable at = fault; at != null; at = at.getCause()) {
      String said = at.toString().toLowerCase(Locale.ROOT);
      if (FULL.stream().anyMatch(said::contains)) {
        return Optional.of(full());
      }
      if (READ_ONLY.stream().anyMatch(said::contains)) {
        return Optional.of(readOnly());
      }
    }
    return Optional.empty();
  }

  private static ServiceProblem full() {
    return ServiceProblem.of(
        ServiceErrorCode.STORAGE_FULL,
        "the disk of the service",
        "no space left",
        "room for models, bundles and records",
        "make room and send the same request again; what was under way goes on by itself");
  }

  private static ServiceProblem readOnly() {
    return ServiceProblem.of(
        ServiceErrorCode.STORAGE_READ_ONLY,
        "the disk of the service",
        "a disk or a folder that it cannot write to",
        "a data folder that belongs to the service's user, on a disk that is mounted for writing",
        "look at the mount and at who owns the folder, then start the service again");
  }
}
