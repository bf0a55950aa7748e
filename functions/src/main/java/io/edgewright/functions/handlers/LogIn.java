package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.pages.LoginPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `POST /login`: a session for whoever has the operator's token.
public final class LogIn
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Sessions sessions;

  LogIn(Endpoint endpoint, Sessions sessions) {
    this.endpoint = endpoint;
    this.sessions = sessions;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.open(event, this::answer);
  }

  /// Only pages of this service, so that no address leads from here to somewhere else.
  private static final Pattern NEXT = Pattern.compile("/(?:[A-Za-z0-9_-][A-Za-z0-9_/-]*)?");

  static String next(Optional<String> wanted) {
    return wanted.filter(path -> NEXT.matcher(path).matches()).orElse("/");
  }

  private Answer answer(Request request) {
    Sessions.checkOwnPage(request);
    Map<String, String> form = request.form();
    String next = next(Optional.ofNullable(form.get("next")));
    String token = form.getOrDefault("token", "").strip();
    if (!sessions.isToken(token)) {
      return Answer.page(401, LoginPage.html(next, List.of(wrongToken())));
    }
    return Answer.seeOther(next).with("set-cookie", sessions.begin(request));
  }

  private static ServiceProblem wrongToken() {
    return ServiceProblem.of(
        ServiceErrorCode.OPERATOR_TOKEN_WRONG,
        "the token",
        "another token",
        "the operator's token",
        "copy the whole line of the file `operator.token`");
  }
}
