package io.edgewright.functions.embedded.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `qemu-user` on this machine, where it is installed.
final class Emulator {
  private Emulator() {}

  /// The command that runs programs of another architecture, `aarch64` for one.
  static Optional<List<String>> of(String architecture) {
    return Stream.of("qemu-" + architecture, "qemu-" + architecture + "-static")
        .flatMap(name -> Stream.of(Path.of("/usr/bin", name), Path.of("/usr/local/bin", name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(path -> List.of(path.toString(), "-cpu", "max"));
  }
}
