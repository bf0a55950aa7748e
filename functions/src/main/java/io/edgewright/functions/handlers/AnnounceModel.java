package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.compilation.Uploads;
import java.io.IOException;
import java.util.List;

/// `POST /v1/models`: where to upload a model that does not fit into a request.
public final class AnnounceModel
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private static final int MOST_PARTS = (int) (Uploads.LARGEST_MODEL / Uploads.PART_BYTES);

  private final Endpoint endpoint;
  private final Uploads uploads;

  AnnounceModel(Endpoint endpoint, Uploads uploads) {
    this.endpoint = endpoint;
    this.uploads = uploads;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operatorOnce(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    Fields fields = Fields.of(request);
    Digest model = fields.digest("model");
    long bytes = fields.positive("bytes");
    List<Digest> parts = fields.has("parts") ? fields.digests("parts", MOST_PARTS) : List.of();
    fields.end();
    Uploads.State state = uploads.announce(model, bytes, parts);
    return Answer.json(state.complete() ? 200 : 201, UploadDocument.of(state));
  }
}
