package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.pages.ErrorCodePage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// `GET /v1/errors/{code}`: the page of an error code, to which the `type` of a problem leads.
public final class GetErrorPage
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private static final Pattern CODE = Pattern.compile("EW-[0-9]{4}");
  private final Endpoint endpoint;

  GetErrorPage(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.open(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    String code = request.path("code");
    if (CODE.matcher(code).matches()) {
      try (InputStream page = getClass().getResourceAsStream("errors/" + code + ".md")) {
        if (page != null) {
          String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
          return request.wantsPage()
              ? Answer.page(200, ErrorCodePage.html(code, text))
              : Answer.text(200, "text/markdown", text);
        }
      }
    }
    throw new ServiceException(
        ServiceErrorCode.ROUTE_UNKNOWN,
        "the code in the address",
        "`" + code + "`",
        "a code such as `EW-4001`",
        "take the code from the problem that you were given");
  }
}
