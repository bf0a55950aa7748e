package io.edgewright.compiler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The command line in a process of its own, as a user starts it.
///
/// @param javaOptions for the child's virtual machine
/// @param environment on top of this process's
record ChildCompiler(List<String> javaOptions, Map<String, String> environment) {
  private static final long SECONDS = 300;

  /// How a compilation ended.
  ///
  /// @param peakKilobytes the most memory that the process had, as the kernel counts it; 0 when it
  ///   ended too soon to be asked
  /// @param processorTime of the process itself, without the programs that it started; as late as
  ///   it could be asked
  record End(int status, String out, String err, long peakKilobytes, Duration processorTime) {}

  ChildCompiler withJava(String... options) {
    List<String> all = new ArrayList<>(javaOptions);
    all.addAll(List.of(options));
    return new ChildCompiler(all, environment);
  }

  ChildCompiler with(String variable, String value) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put(variable, value);
    return new ChildCompiler(javaOptions, all);
  }

  /// Runs `compile` with output files in `folder`.
  End compile(Path folder, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CommandLine.class.getName(), "compile"));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    long peak = 0;
    Duration used = Duration.ZERO;
    for (long tick = 0; tick < SECONDS * 20 && process.isAlive(); tick++) {
      peak = Math.max(peak, peakKilobytes(process.pid()));
      used = process.info().totalCpuDuration().orElse(used);
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    if (process.isAlive()) {
      process.destroyForcibly();
    }
    End end = new End(process.waitFor(), text(out), text(err), peak, used);
    Files.delete(out);
    Files.delete(err);
    return end;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static long peakKilobytes(long process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }
}
