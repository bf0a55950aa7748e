package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.handlers.Wiring;

/// The operators' side of the API. API Gateway has checked their signatures (SigV4).
public final class OperatorApi
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final ApiCall call = new ApiCall(Settings.ofEnvironment(), Wiring::operatorRoutes);

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return call.handle(event, context);
  }
}
