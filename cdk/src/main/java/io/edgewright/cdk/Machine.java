package io.edgewright.cdk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The computer that deploys: its programs and what its environment says.
interface Machine {
  /// Runs a program with this one's input and output.
  ///
  /// @param environment added to that of this process
  /// @return its exit status
  int run(List<String> command, Path folder, Map<String, String> environment) throws IOException;

  /// Whether a program is there and ends well. What it says is not shown.
  boolean works(List<String> command) throws IOException;

  /// A variable of the environment.
  Optional<String> variable(String name);
}
