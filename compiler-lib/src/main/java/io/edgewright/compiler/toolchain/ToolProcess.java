package io.edgewright.compiler.toolchain;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Runs one of the toolchain's programs in a folder, with a clean environment and a time limit.
final class ToolProcess {
  private static final int MESSAGE_LINES = 12;
  private static final int MESSAGE_LETTERS = 4000;

  /// The dynamic loader's status for a program whose libraries are missing.
  private static final int NOT_STARTED = 127;

  private ToolProcess() {}

  /// @param logName where in the folder the program's messages go
  /// @param what for messages, such as "compiling model.c for `x`"
  /// @throws CompileException when the program fails, with the first lines of what it said
  static void run(List<String> command, Path folder, String logName, Duration limit, String what) {
    Path log = folder.resolve(logName);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TMPDIR", ".");
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = start(builder);
    int status = waitFor(process, limit, what);
    if (status != 0) {
      String message = firstLines(log);
      throw status == NOT_STARTED
          ? cannotStart(message)
          : new CompileException(
              ErrorCode.TOOLCHAIN_FAILED,
              new Location(what),
              "status " + status + ": " + message,
              "status 0",
              "report this with the model: the generated code or the toolchain is at fault");
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException refused) {
      throw cannotStart(String.valueOf(refused.getMessage()));
    }
  }

  private static CompileException cannotStart(String message) {
    return ToolchainProblem.unusable(
        "the compiler does not start: " + message,
        "Linux with glibc 2.34, libstdc++ (GLIBCXX 3.4.30), libgcc_s and zlib, or newer",
        "install what is missing; on Debian: `apt install libstdc++6 zlib1g`");
  }

  private static int waitFor(Process process, Duration limit, String what) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new CompileException(
          ErrorCode.TOOLCHAIN_TIMEOUT,
          new Location(what),
          "not done after " + limit.toSeconds() + " seconds",
          "at most " + limit.toSeconds() + " seconds",
          "try again on a machine with less to do; report the model if it stays");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + what, stopped);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String firstLines(Path log) {
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      String text =
          lines
              .filter(line -> !line.isBlank())
              .limit(MESSAGE_LINES)
              .collect(Collectors.joining("\n"));
      return text.substring(0, Math.min(text.length(), MESSAGE_LETTERS));
    } catch (IOException unreadable) {
      return "no message (" + unreadable.getMessage() + ")";
    }
  }
}
