package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.compilation.Uploads;
import io.edgewright.functions.core.compilation.Uploads.Upload;
import java.io.IOException;

/// `POST /v1/models`: where to upload a model that does not fit into a request.
public final class AnnounceModel
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Uploads uploads;

  AnnounceModel(Endpoint endpoint, Uploads uploads) {
    this.endpoint = endpoint;
    this.uploads = uploads;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    Fields fields = Fields.of(request);
    Digest model = fields.digest("model");
    long bytes = fields.positive("bytes");
    fields.end();
    Upload upload = uploads.announce(model, bytes);
    ObjectNode document = Json.object().put("model", upload.model().toString());
    ArrayNode addresses = document.putArray("uploads");
    upload
        .address()
        .ifPresent(url ->
            addresses
                .addObject()
                .put("method", "PUT")
                .put("url", url.toString())
                .putObject("headers"));
    document.put("expiresAt", upload.expiresAt().toString());
    return Answer.json(upload.address().isPresent() ? 201 : 200, document);
  }
}
