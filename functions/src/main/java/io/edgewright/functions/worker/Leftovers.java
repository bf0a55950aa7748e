package io.edgewright.functions.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Children of a service that was killed: nobody waits for them any more.
public final class Leftovers {
  private static final Path PROC = Path.of("/proc");

  private Leftovers() {}

  /// Ends every process that works in this folder or below. Only a service that holds the folder's
  /// lock may ask for it. Where there is no /proc, their limits end them later.
  public static void end(Path folder) {
    ProcessHandle.allProcesses()
        .filter(process -> workingFolder(process).filter(at -> at.startsWith(folder)).isPresent())
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static Optional<Path> workingFolder(ProcessHandle process) {
    try {
      return Optional.of(
          Files.readSymbolicLink(PROC.resolve(Long.toString(process.pid())).resolve("cwd")));
    } catch (IOException _) {
      // Ended in between, of another user, or no Linux.
      return Optional.empty();
    }
  }
}
