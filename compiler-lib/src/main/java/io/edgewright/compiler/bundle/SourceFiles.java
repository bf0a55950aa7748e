package io.edgewright.compiler.bundle;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.target.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A program as C, for those who build it themselves, with clang or GCC.
public final class SourceFiles {
  private static final List<String> FLAGS =
      List.of("-std=gnu17", "-O3", "-fno-trapping-math", "-Wall", "-Wextra", "-Wno-psabi");

  private SourceFiles() {}

  /// `model.c`, `model.h`, `weights.bin`, and a README with the commands that build them. For
  /// firmware `weights.c` too, since nothing loads a file there.
  public static List<BundleEntry> of(NativeProgram program, Target target) {
    List<BundleEntry> files = new ArrayList<>();
    files.add(BundleEntry.file("model.c", program.cSource().getBytes(StandardCharsets.UTF_8)));
    files.add(BundleEntry.file("model.h", BundleResources.read(BundleResources.HEADER)));
    if (target.microcontroller().isPresent()) {
      files.add(BundleEntry.file("weights.c", BundleResources.read(BundleResources.WEIGHTS)));
    }
    files.add(BundleEntry.file("weights.bin", program.weights()));
    files.add(BundleEntry.file("README", readme(program, target).getBytes(StandardCharsets.UTF_8)));
    return List.copyOf(files);
  }

  /// What both compilers take. `-Wno-psabi`: GCC remarks on vectors wider than the processor's.
  static List<String> flags(NativeProgram program, Target target) {
    return Stream.of(target.compilerFlags(), FLAGS, program.compilerFlags())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private static String readme(NativeProgram program, Target target) {
    List<String> clang = new ArrayList<>(List.of("clang", "--target=" + target.triple()));
    clang.addAll(flags(program, target));
    List<String> gcc = new ArrayList<>(List.of("gcc"));
    gcc.addAll(flags(program, target));
    return """
    %s as C, for %s

    Build it with clang, or with a GCC for the same processor:

        %s -c model.c
        %s -c model.c

    model.h says how to call it. It needs no library. %s
    Threads are yours: write an ew_parallel, or pass a null pointer (the functions ew_pool_* are in
    bundles only).
    """
        .formatted(
            program.name(),
            target.id(),
            String.join(" ", clang),
            String.join(" ", gcc),
            target.microcontroller().isPresent()
                ? "Compile weights.c with it, in this folder, for ew_weights()."
                : "Load weights.bin to an address that is a multiple of 64.");
  }
}
