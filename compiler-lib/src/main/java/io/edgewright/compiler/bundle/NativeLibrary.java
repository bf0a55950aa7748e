package io.edgewright.compiler.bundle;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program for an operating system, in two forms.
///
/// @param runner the executable `model`
/// @param library `libmodel.so`
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record NativeLibrary(byte[] runner, byte[] library) implements MachineCode {
  private static final String RUNNER = "model";
  private static final String LIBRARY = "libmodel.so";

  /// Compiles and links. The network is compiled once, position-independent, and goes into both
  /// forms: everything in it is hidden, so that costs nothing.
  ///
  /// @throws CompileException when the toolchain fails, or the result would need a library
  public static NativeLibrary build(
      NativeProgram program, Target target, Golden golden, Toolchain toolchain) {
    try (Workspace workspace = toolchain.workspace(target)) {
      writeSources(workspace, program, target, golden);
      // No warnings: there is nobody to read them, and errors are easier to find without.
      List<String> flags = new ArrayList<>(program.compilerFlags());
      flags.addAll(List.of("-fPIC", "-w"));
      workspace.together(
          () -> workspace.compile("model.c", "model.o", flags),
          () -> workspace.compile("runner/support.c", "support.o", List.of("-I.", "-fPIC")),
          // For any processor of the architecture: it must run far enough to say what is missing.
          () ->
              workspace.compileForAnyProcessor(
                  "runner/runner.c", "runner.o", List.of("-I.", "-Oz")));
      workspace.link(LIBRARY, List.of("-shared", "-soname", LIBRARY, "model.o", "support.o"));
      byte[] library = freestanding(workspace.read(LIBRARY), LIBRARY, target);
      workspace.link(RUNNER, List.of("-static", "runner.o", "model.o", "support.o"));
      return new NativeLibrary(freestanding(workspace.read(RUNNER), RUNNER, target), library);
    }
  }

  @Override
  public List<BundleEntry> files(NativeProgram program) {
    return List.of(
        BundleEntry.program(RUNNER, runner),
        BundleEntry.program(LIBRARY, library),
        BundleEntry.file("model.h", BundleResources.read(BundleResources.HEADER)),
        BundleEntry.file("model.py", BundleResources.read(BundleResources.PYTHON)));
  }

  @Override
  public Optional<Footprint> footprint() {
    return Optional.empty();
  }

  static void writeSources(
      Workspace workspace, NativeProgram program, Target target, Golden golden) {
    workspace.write("model.c", program.cSource().getBytes(StandardCharsets.UTF_8));
    workspace.write("model.h", BundleResources.read(BundleResources.HEADER));
    workspace.write("program.h", ProgramHeader.source(program, target, golden));
    for (String source : BundleResources.RUNNER) {
      workspace.write(source, BundleResources.read(source));
    }
  }

  private static byte[] freestanding(byte[] file, String name, Target target) {
    ElfImage image = ElfImage.read(file);
    if (!image.isFreestanding()) {
      throw MachineCode.notFreestanding(
          name,
          target,
          "it needs libraries "
              + image.neededLibraries()
              + " and symbols "
              + image.undefinedSymbols()
              + (image.interpreted() ? " and a dynamic loader" : ""),
          "nothing but the kernel");
    }
    return file;
  }
}
