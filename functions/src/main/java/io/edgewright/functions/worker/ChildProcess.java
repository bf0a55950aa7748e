package io.edgewright.functions.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One run of a program under limits.
///
/// The limits that must hold for grandchildren too (clang below the compiler's JVM) are set with
/// `ulimit` by the shell that becomes the program. `setsid` gives the tree a process group of its
/// own, so that all of it can be ended at once, even what was started a moment before.
public final class ChildProcess {
  private static final int MOST_OUTPUT_BYTES = 1 << 20;
  private static final int LONGEST_LINE = 4000;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final List<String> command;
  private final Path folder;
  private final Limits limits;
  private final Map<String, String> environment;

  /// @param folder where it runs and what its HOME and TMPDIR are
  /// @param more environment beside that
  public ChildProcess(List<String> command, Path folder, Limits limits, Map<String, String> more) {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.limits = limits;
    this.environment = new TreeMap<>(more);
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", folder.toString());
    environment.put("TMPDIR", folder.toString());
  }

  /// @param time from start to end
  /// @param memoryBytes of each process: what it may have written to, not what it has reserved
  /// @param fileBytes of each file that it writes
  public record Limits(Duration time, long memoryBytes, long fileBytes) {}

  /// @param exit the exit status; above 128 a signal ended it, as shells say it
  /// @param output what it wrote to stdout, at most 1 MiB of it
  public record Result(int exit, boolean timedOut, String output) {}

  /// Runs it to its end.
  ///
  /// @param lines is given each line of stderr as it comes
  /// @throws InterruptedException when this thread was interrupted; nothing is left running
  public Result run(Consumer<String> lines) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(limited()).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
    boolean inTime;
    CompletableFuture<String> output = inBackground(() -> read(process.getInputStream()));
    CompletableFuture<Void> errors = inBackground(() -> forward(process, lines));
    try {
      inTime = process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      end(process);
    }
    process.waitFor();
    joined(errors);
    return new Result(process.exitValue(), !inTime, joined(output));
  }

  private static <T> T joined(CompletableFuture<T> work) throws IOException {
    try {
      return work.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException fault -> throw fault;
        case IOException fault -> throw fault;
        case null, default -> throw e;
      }
    }
  }

  private List<String> limited() {
    String shell =
        "ulimit -c 0 && ulimit -d %d && ulimit -f %d && ulimit -t %d && exec \"$@\""
            .formatted(
                limits.memoryBytes() / 1024,
                // Blocks of 512 bytes; and seconds of processor time on all cores together.
                limits.fileBytes() / 512,
                limits.time().toSeconds() * Runtime.getRuntime().availableProcessors() + 1);
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      all.add(SETSID.toString());
    }
    all.addAll(List.of("/bin/sh", "-c", shell, "limited"));
    all.addAll(command);
    return all;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> CompletableFuture<T> inBackground(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        result.complete(work.run());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }

  private static String read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MOST_OUTPUT_BYTES);
    in.transferTo(OutputStream.nullOutputStream());
    return new String(start, StandardCharsets.UTF_8);
  }

  /// A fault of whoever listens ends the run: it may be that nobody wants the result any more.
  private static Void forward(Process process, Consumer<String> lines) throws IOException {
    try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c != '\n' && line.length() < LONGEST_LINE) {
          line.append((char) c);
        } else if (c == '\n') {
          lines.accept(line.toString());
          line.setLength(0);
        }
      }
      return null;
    } catch (RuntimeException e) {
      end(process);
      throw e;
    }
  }

  /// Ends the process and all that it started.
  private static void end(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    if (Files.isExecutable(SETSID)) {
      endGroup(process.pid());
    }
    // By its handle: `Process.destroyForcibly` would also close what is still to be read.
    process.toHandle().destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private static void endGroup(long leader) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -9 -" + leader)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
