package io.edgewright.cdk;

import java.nio.file.Path;

/// What an operation has around it.
///
/// @param project the folder of the launcher
record Workplace(Path project, Machine machine, Terminal terminal, AwsAccess aws) {
  /// As the launcher starts it.
  static Workplace standard() {
    return new Workplace(
        Path.of(System.getProperty("edgewright.project", ".")),
        new ThisMachine(),
        Terminal.standard(),
        AwsAccess.standard());
  }
}
