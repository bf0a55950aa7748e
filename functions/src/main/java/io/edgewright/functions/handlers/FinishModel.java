package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Uploads;
import java.io.IOException;

/// `POST /v1/models/{model}/complete`: join the parts of a model.
public final class FinishModel
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Uploads uploads;

  FinishModel(Endpoint endpoint, Uploads uploads) {
    this.endpoint = endpoint;
    this.uploads = uploads;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    return Answer.json(200, UploadDocument.of(uploads.finish(UploadDocument.model(request))));
  }
}
