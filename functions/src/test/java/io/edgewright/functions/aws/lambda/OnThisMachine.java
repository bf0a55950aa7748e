package io.edgewright.functions.aws.lambda;

import io.edgewright.functions.aws.AwsServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// Tells the SDK, as the environment of Lambda does, who calls and where AWS is: for a test, a
/// server on this machine.
final class OnThisMachine implements AutoCloseable {
  private final Map<String, String> before = new HashMap<>();

  OnThisMachine(AwsServer server) {
    set("aws.endpointUrl", server.address().toString());
    set("aws.region", "eu-central-1");
    set("aws.accessKeyId", "tester");
    set("aws.secretAccessKey", "secret");
  }

  OnThisMachine withLambda(URI address) {
    set("aws.endpointUrlLambda", address.toString());
    return this;
  }

  OnThisMachine withKms(URI address) {
    set("aws.endpointUrlKms", address.toString());
    return this;
  }

  private void set(String name, String value) {
    String old = System.setProperty(name, value);
    before.put(name, old == null ? "" : old);
  }

  @Override
  public void close() {
    before.forEach((name, old) -> {
      if (old.isEmpty()) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, old);
      }
    });
  }
}
