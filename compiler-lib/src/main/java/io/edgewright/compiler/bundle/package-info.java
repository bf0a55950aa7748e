/// From C to the one file that a device gets.
///
/// [NativeLibrary] compiles a [io.edgewright.compiler.codegen.NativeProgram] into `libmodel.so` and
/// into the runner `model`, and refuses both when they need anything of the device ([ElfImage]).
/// [Bundle] lists the entries: these two, `model.h`, `model.py`, the weights, the golden vectors
/// ([Golden]), `report.json` ([BundleReport]), and before them all `bundle.json` ([BundleManifest]),
/// which says what everything is. [GoldenCheck] runs the entries' self-test here, natively or under
/// emulation; what it finds never changes a byte. [BundleWriter] makes the zip.
///
///     entries = Bundle.entries(NativeLibrary.build(...), ...)
///     GoldenCheck.run(entries, target)
///     BundleWriter.write(entries)
///
/// The sources of the runner are in the resources beside this package: `runner/runner.c` and its
/// headers, one of them for each architecture.
@NullMarked
package io.edgewright.compiler.bundle;

import org.jspecify.annotations.NullMarked;
