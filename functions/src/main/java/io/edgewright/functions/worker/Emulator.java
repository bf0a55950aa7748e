package io.edgewright.functions.worker;

import io.edgewright.compiler.target.TargetCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `qemu-user` on this machine, where it is installed.
final class Emulator {
  private Emulator() {}

  /// The command that runs programs for processors of these features; none where no emulator is
  /// installed or knows such a processor.
  static Optional<List<String>> of(String triple, List<String> features) {
    String program = "/qemu-" + triple.substring(0, Math.max(0, triple.indexOf('-')));
    return TargetCatalog.standard()
        .emulatedCpu(triple, features)
        .flatMap(cpu ->
            Stream.of("/usr/bin", "/usr/local/bin")
                .flatMap(folder -> Stream.of(folder + program, folder + program + "-static"))
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .map(path -> List.of(path, "-cpu", cpu)));
  }
}
