/// From C to the one file that a device gets.
///
/// [NativeLibrary] compiles a [io.edgewright.compiler.codegen.NativeProgram] into `libmodel.so` and
/// into the runner `model`, and refuses both when they need anything of the device ([ElfImage]).
/// [Bundle] lists the entries: these two, `model.h`, `model.py`, the weights, the golden vectors
/// ([Golden]), `report.json` ([BundleReport]), and before them all `bundle.json` ([BundleManifest]),
/// which says what everything is. [GoldenCheck] runs the self-test here, natively or under emulation,
/// and tells the report its [Accuracy]. [BundleWriter] makes the zip. [SourceFiles] are for those who
/// build the C themselves.
///
///     library = NativeLibrary.build(...)
///     verdict = GoldenCheck.run(Bundle.selfTest(library, ...), target)
///     BundleWriter.write(Bundle.entries(library, ..., Accuracy.of(verdict, ...)))
///
/// The sources of the runner are in the resources beside this package: `runner/runner.c` and its
/// headers, one of them for each architecture.
@NullMarked
package io.edgewright.compiler.bundle;

import org.jspecify.annotations.NullMarked;
