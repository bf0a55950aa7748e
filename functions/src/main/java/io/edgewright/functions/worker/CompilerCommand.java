package io.edgewright.functions.worker;

import java.nio.file.Path;
import java.util.List;

/// How the compiler is started for one target. The real one is a JVM with `CommandLine`.
public interface CompilerCommand {
  /// @param manifest names one target, the one to compile for
  /// @param output an empty folder for the bundle
  List<String> of(Path model, Path manifest, Path output);

  /// This JVM's `java` and class path with `io.edgewright.compiler.CommandLine`: the same program,
  /// with the same arguments, as on the command line, so both give the same bytes.
  static CompilerCommand standard(long heapBytes) {
    String classPath = OwnClassPath.find();
    Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
    return (model, manifest, output) ->
        List.of(
            java.toString(),
            "-Xmx" + heapBytes,
            // A compilation is a short life: C1 and a small collector are done before C2 is warm.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath,
            "io.edgewright.compiler.CommandLine",
            "compile",
            model.toString(),
            "--manifest",
            manifest.toString(),
            "-o",
            output.toString(),
            "--json");
  }
}
