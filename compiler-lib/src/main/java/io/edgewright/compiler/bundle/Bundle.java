package io.edgewright.compiler.bundle;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The entries of a bundle, in their order.
public final class Bundle {
  private Bundle() {}

  /// What the self-test of a program needs.
  public static List<BundleEntry> selfTest(
      NativeLibrary library, NativeProgram program, Golden golden) {
    return List.of(
        BundleEntry.program("model", library.runner()),
        BundleEntry.file("weights.bin", program.weights()),
        BundleEntry.file(BundleManifest.GOLDEN_INPUT, golden.input()),
        BundleEntry.file(BundleManifest.GOLDEN_OUTPUT, golden.output()));
  }

  /// All that a device needs of a program.
  ///
  /// @param run how the device is to run it; empty where the manifest does not say
  public static List<BundleEntry> entries(
      MachineCode code,
      NativeProgram program,
      Target target,
      Golden golden,
      Provenance provenance,
      Optional<RunSettings> run,
      ReportParts report) {
    List<BundleEntry> contents = new ArrayList<>(code.files(program));
    contents.addAll(
        List.of(
            BundleEntry.file("weights.bin", program.weights()),
            BundleEntry.file(BundleManifest.GOLDEN_INPUT, golden.input()),
            BundleEntry.file(BundleManifest.GOLDEN_OUTPUT, golden.output()),
            BundleEntry.file(
                "report.json", BundleReport.json(program, target, report, code.footprint())),
            BundleEntry.file("LICENSES", BundleResources.read(BundleResources.LICENSES))));
    byte[] manifest =
        new BundleManifest(program, target, golden, provenance, run, contents)
            .json(code.footprint());
    List<BundleEntry> entries = new ArrayList<>();
    entries.add(BundleEntry.file(BundleManifest.PATH, manifest));
    entries.addAll(contents);
    return entries;
  }
}
