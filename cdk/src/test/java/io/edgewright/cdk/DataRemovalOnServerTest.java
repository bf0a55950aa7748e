package io.edgewright.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.Tag;

/// Against a server that somebody else wrote.
@Tag("localstack")
class DataRemovalOnServerTest extends DataRemovalContract {
  /// What earlier tests left would be taken for the stack's.
  @Override
  URI address() throws IOException {
    String server = System.getProperty("edgewright.aws.endpoint", "");
    assumeTrue(
        !server.isEmpty(),
        "needs a server for AWS's protocols at -Dedgewright.aws.endpoint, which"
            + " ./edgewright test --localstack starts");
    URI address = URI.create(server);
    var reset = (HttpURLConnection) address.resolve("/moto-api/reset").toURL().openConnection();
    reset.setRequestMethod("POST");
    try (InputStream in = reset.getInputStream()) {
      in.readAllBytes();
    }
    return address;
  }
}
