package io.edgewright.compiler.toolchain;

import io.edgewright.compiler.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An empty folder to compile and link in, for one target; gone when closed. Files are named
/// relative to it.
public final class Workspace implements AutoCloseable {
  /// What every translation unit is compiled with. No standard library, no unwinding, nothing
  /// visible from outside unless it says so, nothing about the place or time of the compilation.
  private static final List<String> COMPILE_FLAGS =
      List.of(
          "-std=gnu17",
          "-O3",
          "-ffreestanding",
          "-fno-builtin",
          "-nostdinc",
          "-isystem",
          "%toolchain%/lib/clang/20/include",
          "-ffp-contract=fast",
          "-fno-math-errno",
          "-fno-trapping-math",
          "-fvisibility=hidden",
          "-fno-semantic-interposition",
          "-fno-asynchronous-unwind-tables",
          "-fno-unwind-tables",
          "-fno-stack-protector",
          "-fomit-frame-pointer",
          "-fno-ident",
          "-fno-color-diagnostics",
          "-Werror=implicit-function-declaration",
          "-Werror=int-conversion",
          "-Werror=incompatible-pointer-types",
          "-Werror=return-type");

  private static final List<String> LINK_FLAGS =
      List.of(
          "--build-id=none",
          "--gc-sections",
          "--strip-all",
          "-z",
          "noexecstack",
          "-z",
          "relro",
          "-z",
          "now",
          "--hash-style=gnu",
          "--fatal-warnings");

  private final Toolchain toolchain;
  private final Target target;
  private final Duration limit;
  private final Path folder;

  Workspace(Toolchain toolchain, Target target, Duration limit) {
    this.toolchain = toolchain;
    this.target = target;
    this.limit = limit;
    try {
      this.folder = Files.createTempDirectory("edgewright-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Puts a file into the workspace; folders of its name are made.
  public void write(String name, byte[] contents) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, contents);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Compiles one source to one object (or whatever else `flags` ask for, such as `-S`).
  public void compile(String source, String output, List<String> flags) {
    compile(source, output, target.compilerFlags(), flags);
  }

  /// The same for every processor of the target's architecture, not only those with its features.
  public void compileForAnyProcessor(String source, String output, List<String> flags) {
    compile(source, output, List.of(), flags);
  }

  /// Runs compilations at the same time, as far as the machine can.
  public void together(Runnable... compilations) {
    List.of(compilations).parallelStream().forEach(Runnable::run);
  }

  private void compile(
      String source, String output, List<String> processorFlags, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(toolchain.program("clang"));
    command.add("--target=" + target.triple());
    command.addAll(processorFlags);
    for (String flag : COMPILE_FLAGS) {
      command.add(flag.replace("%toolchain%", toolchain.folder().toString()));
    }
    command.addAll(flags);
    command.addAll(List.of("-c", "-o", output, source));
    ToolProcess.run(
        command,
        folder,
        output + ".log",
        limit,
        "compiling " + source + " for `" + target.id() + "`");
  }

  /// Links objects; `arguments` are those of `ld`.
  public void link(String output, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(toolchain.program("ld.lld"));
    command.addAll(LINK_FLAGS);
    command.addAll(List.of("-o", output));
    command.addAll(arguments);
    ToolProcess.run(
        command,
        folder,
        output + ".log",
        limit,
        "linking " + output + " for `" + target.id() + "`");
  }

  @Override
  public void close() {
    try {
      ToolchainCache.delete(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
