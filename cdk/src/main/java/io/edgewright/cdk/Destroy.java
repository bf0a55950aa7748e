package io.edgewright.cdk;

import static io.edgewright.cdk.Operation.DELETE_DATA;
import static io.edgewright.cdk.Operation.PLAN;
import static io.edgewright.cdk.Operation.YES;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/// `./edgewright destroy`: takes the stack away. Tables, buckets and keys stay, unless they are to
/// go as well.
public final class Destroy {
  private static final Set<String> FLAGS = Set.of(YES, PLAN, DELETE_DATA);

  private final Workplace place;
  private final Operation operation;

  private Destroy(Workplace place, Operation operation) {
    this.place = place;
    this.operation = operation;
  }

  public static void main(String[] arguments) throws IOException {
    System.exit(run(Workplace.standard(), List.of(arguments)));
  }

  /// @return the exit status
  static int run(Workplace place, List<String> arguments) throws IOException {
    return Operation.run(
        "destroy",
        place.terminal(),
        () -> Operation.read(arguments, FLAGS),
        operation -> new Destroy(place, operation).run());
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

  private int run() throws IOException, Operation.Refusal {
    place.terminal().out().print(plan(operation.deletesData()));
    if (operation.onlyPlan()) {
      return 0;
    }
    String region = place.aws().check(operation.region());
    CdkCommand cdk = new CdkCommand(place.project(), place.machine(), region, Map.of());
    cdk.checkInstalled();
    if (!operation.isSure() && !place.terminal().isAgreed("Go on?")) {
      throw new Operation.Refusal("nothing was deleted");
    }
    return operation.deletesData() ? withData(cdk) : stack(cdk);
  }

  private static int stack(CdkCommand cdk) throws IOException {
    int status = cdk.synthesise(List.of());
    return status == 0 ? cdk.onAssembly("destroy", "--force") : status;
  }

  /// Keys are found by their aliases, which go with the stack, so they are looked up before.
  private int withData(CdkCommand cdk) throws IOException, Operation.Refusal {
    try (var data = new DataRemoval(place.aws(), cdk.region(), place.terminal().out())) {
      List<String> keys = data.keys();
      int status = stack(cdk);
      if (status == 0) {
        data.remove(keys);
      }
      return status;
    } catch (SdkException e) {
      throw new Operation.Refusal(
          "AWS refused: " + e.getMessage() + ". Mend it and run this again: it goes on from there");
    }
  }
}
