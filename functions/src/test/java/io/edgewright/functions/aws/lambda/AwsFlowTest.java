package io.edgewright.functions.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.signature.DeviceSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A model on its way through the functions, from an event of API Gateway to a device.
@Tag("localstack")
class AwsFlowTest extends DeployedHereCases {
  private static byte[] fetch(String address) throws IOException {
    try (InputStream in = URI.create(address).toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  @Test
  void aModelComesToADevice() throws Exception {
    JsonNode done = service().compiled();
    String id = done.path("id").asText();
    String digest = done.at("/targets/0/bundle/digest").asText();
    String path = "/v1/compilations/" + id + "/targets/" + DeployedHere.TARGET + "/bundle";
    String address =
        service().operator(DeployedHere.event("GET", path), 307).path("location").asText();
    assertThat(Digest.of(fetch(address)).toString()).isEqualTo(digest);
    deploy(id);
    DeviceSigner signer = service().enrolled();
    JsonNode desired =
        service().signed(signer, DeployedHere.event("GET", "/v1/devices/self/desired"), 200);
    assertThat(Digest.of(fetch(desired.at("/bundle/url").asText())).toString()).isEqualTo(digest);
    // The same request is the same compilation.
    assertThat(service().operator(service().submission(), 200).path("id").asText()).isEqualTo(id);
  }

  private void deploy(String id) throws IOException {
    var _ =
        service()
            .operator(
                DeployedHere.event("PUT", "/v1/deployments/lobby")
                    .withBody("{\"compilation\":\"" + id + "\"}"),
                200);
  }
}
