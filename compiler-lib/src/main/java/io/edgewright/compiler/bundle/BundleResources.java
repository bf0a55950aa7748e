package io.edgewright.compiler.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The files beside this package that go into a bundle or into its programs.
final class BundleResources {
  /// Sources of the runner, without what is made for each bundle.
  static final List<String> RUNNER =
      List.of(
          "runner/runner.c",
          "runner/support.c",
          "runner/memory.h",
          "runner/arithmetic_arm.h",
          "runner/pool.h",
          "runner/decimal.h",
          "runner/files.h",
          "runner/filter.h",
          "runner/frames.h",
          "runner/results.h",
          "runner/selftest.h",
          "runner/system.h",
          "runner/system_aarch64.h",
          "runner/system_arm.h",
          "runner/system_generic.h",
          "runner/system_riscv64.h",
          "runner/system_x86_64.h",
          "runner/text.h");

  /// What a static library is made of, beside the program.
  static final List<String> FIRMWARE =
      List.of(
          "firmware/library.c",
          "firmware/library.ld",
          "firmware/memory_eabi.h",
          "runner/memory.h",
          "runner/arithmetic_arm.h",
          "runner/arithmetic_double.h");

  /// A program that runs a static library on an emulated board.
  static final List<String> BOARD =
      List.of(
          "firmware/start.c",
          "firmware/main.c",
          "firmware/semihosting.h",
          "firmware/memory_eabi.h",
          "runner/memory.h",
          "firmware/board.ld");

  static final String WEIGHTS = "firmware/weights.c";
  static final String HEADER = "model.h";
  static final String PYTHON = "model.py";
  static final String LICENSES = "LICENSES";

  private BundleResources() {}

  static byte[] read(String name) {
    try (InputStream in = BundleResources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
