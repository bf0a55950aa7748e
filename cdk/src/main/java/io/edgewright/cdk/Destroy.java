package io.edgewright.cdk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `./edgewright destroy`: takes the stack away. Tables, buckets and keys stay, unless they are to
/// go as well.
public final class Destroy {
  private static final Set<String> FLAGS = Set.of("--yes", "--plan", "--delete-data");
  private static final int REFUSED = 1;
  private static final int USAGE = 2;

  private Destroy() {}

  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(System.getProperty("edgewright.project", "."));
    System.exit(run(project, List.of(arguments)));
  }

  static int run(Path project, List<String> arguments) throws IOException {
    Operation operation;
    try {
      operation = Operation.read(arguments, FLAGS);
    } catch (Operation.Refusal refusal) {
      System.err.println("destroy: " + refusal.getMessage());
      return USAGE;
    }
    try {
      return run(project, operation);
    } catch (Operation.Refusal refusal) {
      System.err.println("destroy: " + refusal.getMessage());
      return REFUSED;
    }
  }

  /// What goes and what stays.
  static String plan(boolean deletesData) {
    String data =
        Contract.tables().size()
            + " tables, 2 buckets and the signing keys ("
            + Naming.PREFIX
            + "*)";
    return deletesData
        ? """
        This deletes the stack %s and then %s.
        Tables and objects are gone for good; keys can be had back for 30 days. Devices will not
        trust another service in this one's place.
        """
            .formatted(Naming.STACK, data)
        : """
        This deletes the stack %s. It keeps %s,
        which go on costing what they hold; `./edgewright deploy --adopt --keys KEYS` takes them over
        again, with KEYS as the stack's output `Keys` has it: write it down now.
        """
            .formatted(Naming.STACK, data);
  }

  private static int run(Path project, Operation operation) throws IOException, Operation.Refusal {
    System.out.print(plan(operation.deletesData()));
    if (operation.onlyPlan()) {
      return 0;
    }
    String region = AwsAccess.check(operation.region());
    CdkCommand cdk = new CdkCommand(project, Map.of("AWS_REGION", region));
    if (!cdk.isInstalled()) {
      throw new Operation.Refusal("no `cdk`: install Node.js with npm, then run this again");
    }
    if (!operation.isAgreed("Go on?")) {
      throw new Operation.Refusal("nothing was deleted");
    }
    try (DataRemoval data = new DataRemoval(region)) {
      List<String> keys = operation.deletesData() ? data.keys() : List.of();
      int status = cdk.synthesise(List.of());
      status = status == 0 ? cdk.onAssembly("destroy", "--force") : status;
      if (status == 0 && operation.deletesData()) {
        data.remove(keys);
      }
      return status;
    }
  }
}
