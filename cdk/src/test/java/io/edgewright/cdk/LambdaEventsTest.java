package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Lambda's runtime turns JSON into events with classes that the function's package must bring,
/// even where the event has no use for them. Tested here, where no other library brings them.
class LambdaEventsTest {
  private static final ClassLoader LOADER = LambdaEventsTest.class.getClassLoader();

  @Test
  void theRuntimeReadsWhatApiGatewaySends() {
    String json =
        """
        {"httpMethod":"POST","path":"/v1/compilations","headers":{"Host":"h"},
         "body":"eA==","isBase64Encoded":true,
         "requestContext":{"path":"/live/v1/compilations","identity":{"userArn":"ann"}}}\
        """;

    APIGatewayProxyRequestEvent event =
        LambdaEventSerializers.serializerFor(APIGatewayProxyRequestEvent.class, LOADER)
            .fromJson(json);

    assertThat(event.getPath()).isEqualTo("/v1/compilations");
    assertThat(event.getBody()).isEqualTo("eA==");
    assertThat(event.getIsBase64Encoded()).isTrue();
    assertThat(event.getRequestContext().getPath()).isEqualTo("/live/v1/compilations");
    assertThat(event.getRequestContext().getIdentity().getUserArn()).isEqualTo("ann");
  }

  @Test
  void theRuntimeWritesWhatApiGatewayTakes() throws IOException {
    var answer =
        new APIGatewayProxyResponseEvent()
            .withStatusCode(307)
            .withHeaders(Map.of("location", "/there"))
            .withBody("{}")
            .withIsBase64Encoded(false);
    var out = new ByteArrayOutputStream();

    LambdaEventSerializers.serializerFor(APIGatewayProxyResponseEvent.class, LOADER)
        .toJson(answer, out);

    JsonNode json = new ObjectMapper().readTree(out.toByteArray());
    assertThat(json.path("statusCode").asInt()).isEqualTo(307);
    assertThat(json.at("/headers/location").asText()).isEqualTo("/there");
    assertThat(json.path("body").asText()).isEqualTo("{}");
    assertThat(json.path("isBase64Encoded").asBoolean(true)).isFalse();
  }
}
