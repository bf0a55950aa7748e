package io.edgewright.functions.aws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.aws.SigningRequest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.MetadataSigning;
import io.edgewright.functions.core.workflow.Step;
import java.io.IOException;

/// All that the function with the keys does: the workflow's step, or what a [SigningRequest] names.
/// Both sign what the records say and nothing that they are given.
record PublishOrSign(Step publish, MetadataSigning signing) implements Step {
  /// Of the input that the workflow gives.
  private static final String OF_WORKFLOW = "compilation";

  @Override
  public ObjectNode run(JsonNode input) throws IOException, InterruptedException {
    if (input.has(OF_WORKFLOW) && !input.has(SigningRequest.FIELD)) {
      return publish.run(input);
    }
    switch (SigningRequest.of(input)) {
      case SigningRequest.Group(String name) -> signing.signGroup(name);
      case SigningRequest.Renewal _ -> signing.renew();
    }
    return Json.object();
  }
}
