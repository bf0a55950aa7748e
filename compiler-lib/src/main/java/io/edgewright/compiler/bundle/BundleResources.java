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
