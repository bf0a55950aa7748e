package io.edgewright.cdk;

import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;

/// Finds the keys that the stack was given in place of its own. It has them in an output, so that
/// whoever deploys it again need not name them: without them it would make new ones, which no
/// device trusts.
record GivenKeys(CloudFormationClient cloudFormation) {
  static final String OUTPUT = "GivenKeys";

  /// How CloudFormation says that there is no such stack, among other things.
  private static final String INVALID = "ValidationError";

  /// @return empty where there is no stack, or one that signs with keys of its own
  Optional<AdoptedKeys> find() throws Operation.Refusal {
    Optional<String> output = output();
    return output.isEmpty() ? Optional.empty() : Optional.of(AdoptedKeys.read(output.get()));
  }

  private Optional<String> output() {
    try {
      return cloudFormation
          .describeStacks(request -> request.stackName(Naming.STACK))
          .stacks()
          .stream()
          .flatMap(stack -> stack.outputs().stream())
          .filter(output -> output.outputKey().equals(OUTPUT))
          .map(Output::outputValue)
          .findFirst();
    } catch (CloudFormationException e) {
      if (e.awsErrorDetails().errorCode().equals(INVALID)
          && e.awsErrorDetails().errorMessage().contains("does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
