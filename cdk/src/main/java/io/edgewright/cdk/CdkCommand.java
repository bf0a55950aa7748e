package io.edgewright.cdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The `cdk` of npm that the launcher installs.
///
/// @param environment added to that of this process
record CdkCommand(Path project, Machine machine, String region, Map<String, String> environment) {
  CdkCommand {
    environment = Map.copyOf(environment);
  }

  private Path program() {
    return project.resolve("target/npm/node_modules/.bin/cdk");
  }

  boolean isInstalled() {
    return Files.isExecutable(program());
  }

  void checkInstalled() throws Operation.Refusal {
    if (!isInstalled()) {
      throw new Operation.Refusal("no `cdk`: install Node.js with npm, then run this again");
    }
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
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_REGION", region);
    // By the environment, because it is longer than some shells take as an argument.
    all.put("CLASSPATH", System.getProperty("java.class.path"));
    all.put("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "true");
    all.put("CDK_DISABLE_CLI_TELEMETRY", "true");
    return machine.run(command, project, all);
  }
}
