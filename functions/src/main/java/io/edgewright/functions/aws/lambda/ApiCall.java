package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.handlers.ProblemDocument;
import io.edgewright.functions.handlers.Routes;
import io.edgewright.functions.handlers.Wiring;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// From an event of API Gateway to the handler of its route, which is found by the path, so that it
/// does not matter how the gateway groups its resources.
final class ApiCall {
  private final Restorable<Open> api;

  ApiCall(Settings settings, Function<Wiring, Routes> routes) {
    api = Restorable.of(settings, known -> Open.of(new Assembly(known), routes));
  }

  private record Open(Assembly assembly, Routes routes) implements AutoCloseable {
    static Open of(Assembly assembly, Function<Wiring, Routes> routes) {
      return new Open(assembly, routes.apply(assembly.wiring()));
    }

    @Override
    public void close() {
      assembly.close();
    }
  }

  APIGatewayProxyResponseEvent handle(APIGatewayProxyRequestEvent event, Context context) {
    return handle(api.get().routes(), event, context);
  }

  static APIGatewayProxyResponseEvent handle(
      Routes routes, APIGatewayProxyRequestEvent event, Context context) {
    String method = event.getHttpMethod();
    try {
      Optional<Routes.Match> match = routes.find(method, event.getPath());
      if (match.isPresent()) {
        event.setPathParameters(match.get().parameters());
        return match.get().route().handler().handleRequest(event, context);
      }
      return withAllow(
          problem(event, routes.nobody(method, event.getPath())), routes.allowed(event.getPath()));
    } catch (ServiceException e) {
      return problem(event, e);
    }
  }

  private static APIGatewayProxyResponseEvent problem(
      APIGatewayProxyRequestEvent event, ServiceException problem) {
    String accepted =
        Optional.ofNullable(event.getHeaders()).orElse(Map.of()).entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("accept"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    return ProblemDocument.event(accepted, problem.problems());
  }

  private static APIGatewayProxyResponseEvent withAllow(
      APIGatewayProxyResponseEvent answer, String allowed) {
    if (allowed.isEmpty()) {
      return answer;
    }
    Map<String, String> headers = new HashMap<>(answer.getHeaders());
    headers.put("allow", allowed);
    return answer.withHeaders(headers);
  }
}
