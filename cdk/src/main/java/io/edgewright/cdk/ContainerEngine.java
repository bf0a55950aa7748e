package io.edgewright.cdk;

import java.io.IOException;
import java.util.List;

/// What the workers' image is built with.
///
/// @param program as `cdk` is told
record ContainerEngine(String program) {
  /// The variable by which `cdk` learns of an engine that is not Docker.
  static final String VARIABLE = "CDK_DOCKER";

  private static final List<String> KNOWN = List.of("docker", "podman", "finch");

  /// The one that the environment names, else the first that runs.
  ///
  /// @throws Operation.Refusal when none runs
  static ContainerEngine find(Machine machine) throws IOException, Operation.Refusal {
    List<String> programs = machine.variable(VARIABLE).map(List::of).orElse(KNOWN);
    for (String program : programs) {
      if (machine.works(List.of(program, "info"))) {
        return new ContainerEngine(program);
      }
    }
    throw new Operation.Refusal(
        "no container engine that runs, which the workers' image is built with (tried `info` of "
            + String.join(", ", programs)
            + "): start Docker, Podman or Finch, then run this again. Nothing was created");
  }
}
