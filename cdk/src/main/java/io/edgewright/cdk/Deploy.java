package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `./edgewright deploy`: says what it will create, what that costs and which permissions it needs;
/// asks; then bootstraps and deploys.
public final class Deploy {
  private static final Set<String> FLAGS = Set.of("--yes", "--plan", "--adopt", "--keys");
  private static final int REFUSED = 1;
  private static final int USAGE = 2;

  private final Path project;
  private final Operation operation;

  private Deploy(Path project, Operation operation) {
    this.project = project;
    this.operation = operation;
  }

  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(System.getProperty("edgewright.project", "."));
    System.exit(run(project, List.of(arguments)));
  }

  static int run(Path project, List<String> arguments) throws IOException {
    Operation operation;
    try {
      operation = Operation.read(arguments, FLAGS);
    } catch (Operation.Refusal refusal) {
      System.err.println("deploy: " + refusal.getMessage());
      return USAGE;
    }
    try {
      return new Deploy(project, operation).run();
    } catch (Operation.Refusal refusal) {
      System.err.println("deploy: " + refusal.getMessage());
      return REFUSED;
    }
  }

  private int run() throws IOException, Operation.Refusal {
    String region =
        operation.onlyPlan()
            ? operation.region().or(AwsAccess::configuredRegion).orElse("the region you choose")
            : AwsAccess.check(operation.region());
    CdkCommand cdk = new CdkCommand(project, Map.of("AWS_REGION", region));
    if (!cdk.isInstalled()) {
      throw new Operation.Refusal("no `cdk`: install Node.js with npm, then run this again");
    }
    if (cdk.synthesise(operation.context()) != 0) {
      throw new Operation.Refusal("the stack could not be synthesised; `cdk` said why");
    }
    System.out.print(new DeployPlan(template(cdk), Prices.listed(), region).text());
    if (operation.onlyPlan()) {
      return 0;
    }
    if (!operation.isAgreed("Go on?")) {
      throw new Operation.Refusal("nothing was created");
    }
    int bootstrapped = cdk.onAssembly("bootstrap");
    return bootstrapped == 0 ? deploy(cdk) : bootstrapped;
  }

  private int deploy(CdkCommand cdk) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--require-approval", "never"));
    if (operation.adopts()) {
      arguments.add("--import-existing-resources");
    }
    return cdk.onAssembly("deploy", arguments.toArray(String[]::new));
  }

  private static JsonNode template(CdkCommand cdk) throws IOException {
    Path file = cdk.assembly().resolve(Naming.STACK + ".template.json");
    return new ObjectMapper().readTree(Files.readString(file));
  }
}
