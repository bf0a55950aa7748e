package io.edgewright.deployed;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.s3.S3Client;

/// The service as CloudFormation put it there. Closing it deletes the stack.
final class DeployedStack implements AutoCloseable {
  private static final String NAME = "Edgewright";
  private static final String ASSETS =
      "cdk-hnb659fds-assets-%s-%s".formatted(LocalStack.ACCOUNT, LocalStack.REGION);
  private static final int PAUSE_MILLIS = 500;

  private final LocalStack localStack;
  private final CloudFormationClient cloudFormation;
  private final Map<String, String> outputs;

  DeployedStack(LocalStack localStack, SynthesisedStack synthesised)
      throws IOException, InterruptedException {
    this.localStack = localStack;
    cloudFormation = localStack.cloudFormation();
    String template = upload(synthesised);
    cloudFormation.createStack(request ->
        request
            .stackName(NAME)
            .templateURL(template)
            .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM));
    outputs =
        created().outputs().stream()
            .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  /// @return the template's address
  private String upload(SynthesisedStack synthesised) throws IOException {
    try (S3Client s3 = localStack.s3()) {
      s3.createBucket(request ->
          request
              .bucket(ASSETS)
              .createBucketConfiguration(
                  where -> where.locationConstraint(LocalStack.REGION.id())));
      for (SynthesisedStack.Asset asset : synthesised.assets()) {
        s3.putObject(request -> request.bucket(ASSETS).key(asset.key()), asset.file());
      }
      String template = synthesised.template();
      s3.putObject(
          request -> request.bucket(ASSETS).key("template.json"), RequestBody.fromString(template));
    }
    return localStack.address() + "/" + ASSETS + "/template.json";
  }

  private Stack created() throws InterruptedException {
    Stack stack = stack();
    while (stack.stackStatus() == StackStatus.CREATE_IN_PROGRESS) {
      Thread.sleep(PAUSE_MILLIS);
      stack = stack();
    }
    if (stack.stackStatus() != StackStatus.CREATE_COMPLETE) {
      throw new IllegalStateException(stack.stackStatusAsString() + ": " + failures());
    }
    return stack;
  }

  private Stack stack() {
    return cloudFormation.describeStacks(request -> request.stackName(NAME)).stacks().getFirst();
  }

  private List<String> failures() {
    return cloudFormation
        .describeStackEvents(request -> request.stackName(NAME))
        .stackEvents()
        .stream()
        .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
        .map(DeployedStack::line)
        .toList();
  }

  private static String line(StackEvent event) {
    return event.logicalResourceId() + ": " + event.resourceStatusReason();
  }

  /// Of the REST API's stage: a plugin of ours serves it where its path is that of API Gateway,
  /// since devices sign the path that they ask for.
  URI api() {
    return localStack.address().resolve("/live");
  }

  String bucket() {
    return output("Bucket");
  }

  private String output(String name) {
    String value = outputs.get(name);
    if (value == null) {
      throw new IllegalStateException("the stack has no output `" + name + "`: " + outputs);
    }
    return value;
  }

  @Override
  public void close() {
    cloudFormation.deleteStack(request -> request.stackName(NAME));
    cloudFormation.close();
  }
}
