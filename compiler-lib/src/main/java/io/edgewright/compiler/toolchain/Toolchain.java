package io.edgewright.compiler.toolchain;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// clang and lld, unpacked and ready to run.
public final class Toolchain {
  /// Ample for the largest networks; a child that takes longer hangs.
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path folder;
  private final String identity;
  private final Duration limit;

  Toolchain(Path folder, Duration limit) {
    this.folder = folder;
    this.limit = limit;
    try {
      this.identity = Files.readString(folder.resolve(ToolchainCache.IDENTITY)).strip();
    } catch (IOException unreadable) {
      throw ToolchainProblem.uncached(folder, unreadable);
    }
  }

  /// The toolchain that comes with the compiler. The first call on a machine unpacks it, unless
  /// `$EDGEWRIGHT_TOOLCHAIN` names a folder where that was done.
  ///
  /// @throws CompileException when it is not there or cannot be unpacked
  public static Toolchain standard() {
    return Standard.TOOLCHAIN;
  }

  private static final class Standard {
    static final Toolchain TOOLCHAIN = new Toolchain(folder(System.getenv()), LIMIT);
  }

  static Path folder(Map<String, String> environment) {
    String unpacked = environment.getOrDefault("EDGEWRIGHT_TOOLCHAIN", "");
    return unpacked.isEmpty()
        ? ToolchainCache.standard(environment).unpacked(ToolchainArchive.find())
        : Path.of(unpacked);
  }

  /// SHA-256 over the toolchain's files: with the same sources it gives the same programs.
  public String identity() {
    return identity;
  }

  /// An empty folder to compile and link in.
  public Workspace workspace(Target target) {
    return new Workspace(this, target, limit);
  }

  Path folder() {
    return folder;
  }

  String program(String name) {
    return folder.resolve(name).toString();
  }
}
