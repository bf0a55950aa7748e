package io.edgewright.cdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The `cdk` of npm that the launcher installs.
///
/// @param environment added to that of this process
record CdkCommand(Path project, Map<String, String> environment) {
  CdkCommand {
    environment = Map.copyOf(environment);
  }

  private Path program() {
    return project.resolve("target/npm/node_modules/.bin/cdk");
  }

  boolean isInstalled() {
    return Files.isExecutable(program());
  }

  Path assembly() {
    return project.resolve("target/cdk.out");
  }

  /// Makes the template and what it refers to, in [#assembly].
  ///
  /// @param context as `name=value`
  int synthesise(List<String> context) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("synth", "--quiet", "--app", app()));
    arguments.addAll(List.of("--output", assembly().toString()));
    context.forEach(one -> arguments.addAll(List.of("--context", one)));
    return run(arguments);
  }

  /// With what [#synthesise] made.
  int onAssembly(String verb, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(verb, "--app", assembly().toString()));
    all.addAll(List.of(arguments));
    return run(all);
  }

  /// This very program, as the shell that `cdk` starts will read it.
  private String app() {
    return String.join(
        " ",
        quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
        "--enable-native-access=ALL-UNNAMED",
        quoted("-Dedgewright.project=" + project),
        EdgewrightApp.class.getName());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private int run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).inheritIO();
    builder.environment().putAll(environment);
    // By the environment, because it is longer than some shells take as an argument.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "true");
    builder.environment().put("CDK_DISABLE_CLI_TELEMETRY", "true");
    try {
      return builder.start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while `cdk` was running", e);
    }
  }
}
