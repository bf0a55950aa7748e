package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.compiler.report.ReportPage;
import io.edgewright.functions.core.compilation.Bundles;
import java.io.IOException;

/// `GET /v1/compilations/{id}/targets/{device}/report`: the page for whoever accepts HTML, on to
/// the signed address of the JSON for others.
public final class GetReport
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Bundles bundles;

  GetReport(Endpoint endpoint, Bundles bundles) {
    this.endpoint = endpoint;
    this.bundles = bundles;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    String compilation = request.path("id");
    String target = request.path("device");
    if (!request.wantsPage()) {
      return Answer.redirect(bundles.report(compilation, target));
    }
    String page = ReportPage.html(bundles.reportContent(compilation, target));
    return Answer.text(200, "text/html; charset=utf-8", page)
        .with("content-security-policy", ReportPage.POLICY)
        .with("x-content-type-options", "nosniff");
  }
}
