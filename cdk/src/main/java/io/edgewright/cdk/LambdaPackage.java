package io.edgewright.cdk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder as Lambda takes it: `lib/` with the jars of the service. Jars are built with one fixed
/// time, so the same sources give the same bytes.
record LambdaPackage(Path functions) {
  /// What no function needs: the embedded service's database and its interpreter of workflows.
  private static final List<String> EMBEDDED = List.of("sqlite-jdbc-", "jsonata-");

  /// What only workers need. 140 MB.
  private static final List<String> TOOLCHAIN = List.of("llvm-");

  /// The jars of functions that run no compiler.
  List<Path> serviceJars() throws IOException {
    return jars().stream().filter(jar -> !isOneOf(jar, TOOLCHAIN)).toList();
  }

  /// The jars of workers.
  List<Path> workerJars() throws IOException {
    return jars();
  }

  private List<Path> jars() throws IOException {
    Path list = functions.resolve("target/runtime.classpath");
    Path own = functions.resolve("target/functions.jar");
    if (!Files.exists(list) || !Files.exists(own)) {
      throw new FileNotFoundException(
          "no build of the service in `" + functions + "`: run `./edgewright build` first");
    }
    return Stream.concat(
            Stream.of(own), Stream.of(Files.readString(list).strip().split(":")).map(Path::of))
        .filter(jar -> !isOneOf(jar, EMBEDDED))
        .toList();
  }

  private static boolean isOneOf(Path jar, List<String> beginnings) {
    String name = jar.getFileName().toString();
    return beginnings.stream().anyMatch(name::startsWith);
  }

  /// Makes `folder` hold these jars under `lib/` and nothing else.
  static void pack(List<Path> jars, Path folder) throws IOException {
    clear(folder);
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (Path jar : jars) {
      Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
