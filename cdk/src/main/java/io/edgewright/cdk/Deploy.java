package io.edgewright.cdk;

import static io.edgewright.cdk.Operation.ADOPT;
import static io.edgewright.cdk.Operation.KEYS;
import static io.edgewright.cdk.Operation.PLAN;
import static io.edgewright.cdk.Operation.ROTATE;
import static io.edgewright.cdk.Operation.YES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.functions.core.store.KeyRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// `./edgewright deploy`: says what it will create, what that costs and which permissions it needs;
/// asks; then bootstraps and deploys.
public final class Deploy {
  private static final Set<String> FLAGS = Set.of(YES, PLAN, ADOPT, KEYS, ROTATE);

  private final Workplace place;
  private final Operation operation;

  private Deploy(Workplace place, Operation operation) {
    this.place = place;
    this.operation = operation;
  }

  public static void main(String[] arguments) throws IOException {
    System.exit(run(Workplace.standard(), List.of(arguments)));
  }

  /// @return the exit status
  static int run(Workplace place, List<String> arguments) throws IOException {
    return Operation.run(
        "deploy",
        place.terminal(),
        () -> checked(Operation.read(arguments, FLAGS)),
        operation -> new Deploy(place, operation).run());
  }

  /// Metadata in the tables is signed with keys that devices know.
  private static Operation checked(Operation operation) throws Operation.Refusal {
    if (operation.adopts() && operation.keys().isEmpty()) {
      throw new Operation.Refusal(
          "`--adopt` needs `--keys KEYS`, as the earlier stack's output `Keys` had them: what is"
              + " in its tables is signed with those, and its devices trust no others. Where"
              + " nothing of it is needed, `./edgewright destroy --delete-data` clears the way");
    }
    boolean hasOthers = operation.adopts() || operation.onlyPlan() || operation.keys().isPresent();
    if (operation.rotated().isPresent() && hasOthers) {
      throw new Operation.Refusal(
          "`--rotate` finds the keys of the stack that is there, and makes one: it goes without"
              + " `--adopt`, `--keys` and `--plan`");
    }
    return operation;
  }

  private int run() throws IOException, Operation.Refusal {
    CdkCommand cdk = operation.onlyPlan() ? forPlan() : forDeployment();
    Optional<KeyRole> rotated = operation.rotated();
    return rotated.isPresent() ? rotate(cdk, rotated.get()) : run(cdk, keys(cdk.region()));
  }

  /// Those that were named, else those that the stack has been given before.
  private Optional<AdoptedKeys> keys(String region) throws Operation.Refusal {
    if (operation.keys().isPresent() || operation.onlyPlan()) {
      return operation.keys();
    }
    try (CloudFormationClient cloudFormation =
        place.aws().client(CloudFormationClient.builder(), region)) {
      return new GivenKeys(cloudFormation).find();
    } catch (SdkException e) {
      throw new Operation.Refusal(
          "AWS did not say which keys the stack signs with: "
              + e.getMessage()
              + ". Nothing was changed");
    }
  }

  private int run(CdkCommand cdk, Optional<AdoptedKeys> keys)
      throws IOException, Operation.Refusal {
    synthesise(cdk, keys);
    place
        .terminal()
        .out()
        .print(new DeployPlan(template(cdk), Prices.listed(), cdk.region()).text());
    if (operation.onlyPlan()) {
      return 0;
    }
    agree("Go on?");
    int bootstrapped = cdk.onAssembly("bootstrap");
    return bootstrapped == 0 ? deploy(cdk) : bootstrapped;
  }

  private void agree(String question) throws IOException, Operation.Refusal {
    if (!operation.isSure() && !place.terminal().isAgreed(question)) {
      throw new Operation.Refusal("nothing was created");
    }
  }

  /// What there is from then on is said before anything can go wrong with it.
  private int rotate(CdkCommand cdk, KeyRole role) throws IOException, Operation.Refusal {
    try (KmsClient kms = place.aws().client(KmsClient.builder(), cdk.region())) {
      var succession = new KeySuccession(kms, Clock.systemUTC());
      AdoptedKeys present = succession.present();
      agree("Make a new key for the role `" + role.word() + "`, and deploy the stack with it?");
      AdoptedKeys next = succession.next(present, role);
      place
          .terminal()
          .out()
          .println(
              """
              The new key is %s.
              Should this deployment break off, mend what it says, and go on with:

                ./edgewright deploy --region %s --keys '%s'
              """
                  .formatted(next.arns().get(role.word()), cdk.region(), next.json()));
      synthesise(cdk, Optional.of(next));
      return deploy(cdk);
    } catch (SdkException e) {
      throw new Operation.Refusal("AWS refused: " + e.getMessage());
    }
  }

  private CdkCommand forPlan() {
    String region =
        operation.region().or(place.aws().configuredRegion()).orElse("the region you choose");
    return new CdkCommand(place.project(), place.machine(), region, Map.of());
  }

  private CdkCommand forDeployment() throws IOException, Operation.Refusal {
    String region = place.aws().check(operation.region());
    if (operation.keys().isPresent()) {
      operation.keys().get().checkRegion(region);
    }
    var engine = ContainerEngine.find(place.machine());
    Map<String, String> environment = Map.of(ContainerEngine.VARIABLE, engine.program());
    return new CdkCommand(place.project(), place.machine(), region, environment);
  }

  private static void synthesise(CdkCommand cdk, Optional<AdoptedKeys> keys)
      throws IOException, Operation.Refusal {
    cdk.checkInstalled();
    if (cdk.synthesise(keys.map(AdoptedKeys::context).stream().toList()) != 0) {
      throw new Operation.Refusal("the stack could not be synthesised; `cdk` said why");
    }
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
