/// From C to the one file that a device gets.
///
/// [MachineCode] compiles a [io.edgewright.compiler.codegen.NativeProgram] in the form that its
/// target wants: [NativeLibrary] is `libmodel.so` and the runner `model`, and refuses both when they
/// need anything of the device ([ElfImage]); [StaticLibrary] is a microcontroller's `libmodel.a`
/// ([ArArchive]), with what it takes of flash and RAM ([Footprint], [StackDepth]). [Bundle] lists
/// the entries: these and their interfaces, the weights, the golden vectors ([Golden]),
/// `report.json` ([BundleReport]), and before them all `bundle.json` ([BundleManifest]), which says
/// what everything is. [GoldenCheck] runs the self-test here, natively, under emulation or on an
/// emulated board ([EmulatedModel]), and tells the report its [Accuracy]. [BundleWriter] makes the
/// zip. [SourceFiles] are for those who build the C themselves.
///
///     code = MachineCode.build(...)
///     verdict = GoldenCheck.run(code, ..., target)
///     BundleWriter.write(Bundle.entries(code, ..., Accuracy.of(verdict, ...)))
///
/// The sources of the runner are in the resources beside this package: `runner/runner.c` and its
/// headers, one of them for each architecture. Those of a microcontroller's library, and of the
/// program that runs it on a board, are in `firmware/`.
@NullMarked
package io.edgewright.compiler.bundle;

import org.jspecify.annotations.NullMarked;
