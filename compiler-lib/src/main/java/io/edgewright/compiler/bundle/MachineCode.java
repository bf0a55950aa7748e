package io.edgewright.compiler.bundle;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.toolchain.Toolchain;
import java.util.List;
import java.util.Optional;

/// A program in machine code, in the form that its target wants.
///
///     MachineCode = NativeLibrary     runner and shared library, where there is an operating system
///                 | StaticLibrary     a part of firmware, on microcontrollers
public sealed interface MachineCode permits NativeLibrary, StaticLibrary {
  /// Compiles and links.
  ///
  /// @throws CompileException when the toolchain fails, or the result would need a library
  static MachineCode build(
      NativeProgram program, Target target, Golden golden, Toolchain toolchain) {
    return target.microcontroller().isPresent()
        ? StaticLibrary.build(program, target, toolchain)
        : NativeLibrary.build(program, target, golden, toolchain);
  }

  /// What it puts into a bundle.
  List<BundleEntry> files(NativeProgram program);

  /// What it takes of the device, where that is known before it runs.
  Optional<Footprint> footprint();

  /// The complaint about machine code that wants what there is not.
  static CompileException notFreestanding(String name, Target target, String seen, String allowed) {
    return new CompileException(
        ErrorCode.NOT_FREESTANDING,
        new Location(name + " for `" + target.id() + "`"),
        seen,
        allowed,
        "report this with the model: the generated code calls what does not exist");
  }
}
