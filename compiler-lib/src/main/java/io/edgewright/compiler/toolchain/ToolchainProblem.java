package io.edgewright.compiler.toolchain;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import java.io.IOException;

/// The sentences in which the toolchain complains.
final class ToolchainProblem {
  static final Location TOOLCHAIN = new Location("toolchain");

  private ToolchainProblem() {}

  static CompileException unusable(String seen, String allowed, String hint) {
    return new CompileException(ErrorCode.TOOLCHAIN_UNUSABLE, TOOLCHAIN, seen, allowed, hint);
  }

  static CompileException unreadable(String what, Exception cause) {
    CompileException problem =
        unusable(
            what + " cannot be read: " + cause.getMessage(),
            "a readable file",
            "check the installation");
    problem.initCause(cause);
    return problem;
  }

  static CompileException uncached(Object folder, IOException cause) {
    CompileException problem =
        unusable(
            "cannot unpack into `" + folder + "`: " + cause,
            "a folder that can be written, with 300 MB free",
            "make room, or name another folder in the environment variable EDGEWRIGHT_CACHE");
    problem.initCause(cause);
    return problem;
  }
}
