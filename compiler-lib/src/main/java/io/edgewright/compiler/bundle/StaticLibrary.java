package io.edgewright.compiler.bundle;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program for firmware: `libmodel.a`, of one object with the weights in it. Nothing is visible
/// but the functions of `model.h`, and no symbol is left for others to define.
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record StaticLibrary(byte[] archive, Footprint takes) implements MachineCode {
  static final String ARCHIVE = "libmodel.a";

  private static final String OBJECT = "model.o";
  private static final int SYMBOLS = 2;

  /// Sections of their own, so that what is not called can be left out and frames can be counted.
  private static final List<String> FLAGS =
      List.of("-I.", "-w", "-ffunction-sections", "-fdata-sections", "-fstack-size-section");

  /// Compiles the network together with what it may call, and leaves out the rest.
  ///
  /// @throws CompileException when the device has less memory than it takes
  static StaticLibrary build(NativeProgram program, Target target, Toolchain toolchain) {
    try (Workspace workspace = toolchain.workspace(target)) {
      workspace.write("model.c", program.cSource().getBytes(StandardCharsets.UTF_8));
      workspace.write("model.h", BundleResources.read(BundleResources.HEADER));
      workspace.write("weights.c", BundleResources.read(BundleResources.WEIGHTS));
      workspace.write("weights.bin", program.weights());
      BundleResources.FIRMWARE.forEach(name -> workspace.write(name, BundleResources.read(name)));
      List<String> flags = new ArrayList<>(program.compilerFlags());
      flags.addAll(FLAGS);
      workspace.compile("firmware/library.c", "library.o", flags);
      workspace.compile("weights.c", "weights.o", FLAGS);
      workspace.link(OBJECT, List.of("-r", "-T", "firmware/library.ld", "library.o", "weights.o"));
      byte[] object = workspace.read(OBJECT);
      ElfFile file = new ElfFile(object);
      List<String> defined = interfaceOf(file, target);
      long stack = stackBytes(new StackDepth(new ElfFile(workspace.read("library.o"))), defined);
      Footprint footprint = footprint(file, program.arenaBytes(), stack);
      refuse(footprint.problems(target));
      return new StaticLibrary(ArArchive.of(OBJECT, object, defined), footprint);
    }
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
  }

  @Override
  public List<BundleEntry> files(NativeProgram program) {
    return List.of(
        BundleEntry.file(ARCHIVE, archive),
        BundleEntry.file("model.h", BundleResources.read(BundleResources.HEADER)),
        BundleEntry.file("model.c", program.cSource().getBytes(StandardCharsets.UTF_8)),
        BundleEntry.file("weights.c", BundleResources.read(BundleResources.WEIGHTS)));
  }

  @Override
  public Optional<Footprint> footprint() {
    return Optional.of(takes);
  }

  /// The functions that firmware can call, which must be all that is not defined within.
  private static List<String> interfaceOf(ElfFile object, Target target) {
    List<ElfFile.Symbol> symbols =
        object.sections().stream()
            .filter(section -> section.type() == SYMBOLS)
            .flatMap(table -> object.symbols(table).stream())
            .filter(ElfFile.Symbol::global)
            .toList();
    List<String> undefined =
        symbols.stream().filter(symbol -> symbol.section() == 0).map(ElfFile.Symbol::name).toList();
    long variables =
        object.sections().stream()
            .filter(section -> section.name().matches("\\.(data|bss)\\b.*"))
            .mapToLong(ElfFile.Section::size)
            .sum();
    if (!undefined.isEmpty() || variables > 0) {
      throw MachineCode.notFreestanding(
          ARCHIVE,
          target,
          "it needs symbols " + undefined + " and " + variables + " bytes of variables",
          "nothing beside itself");
    }
    return symbols.stream().map(ElfFile.Symbol::name).sorted().toList();
  }

  private static long stackBytes(StackDepth depth, List<String> functions) {
    return functions.stream()
        .filter(function -> function.startsWith("ew_run"))
        .mapToLong(depth::of)
        .max()
        .orElse(0);
  }

  private static Footprint footprint(ElfFile object, long arenaBytes, long stackBytes) {
    return new Footprint(
        object.bytesOf(".text.edgewright"),
        object.bytesOf(".rodata.edgewright"),
        object.bytesOf(".rodata.edgewright.weights"),
        arenaBytes,
        stackBytes);
  }
}
