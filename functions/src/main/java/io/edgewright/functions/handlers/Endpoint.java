package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.StorageFault;
import io.edgewright.functions.core.signature.DeviceRequests;
import io.edgewright.functions.core.store.Device;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What all routes share: who may call, how a problem is answered, one line of log a request.
final class Endpoint {
  private final Operators operators;
  private final DeviceRequests devices;
  private final Idempotency idempotency;
  private final EventLog log;
  private final Clock clock;

  Endpoint(
      Operators operators,
      DeviceRequests devices,
      Idempotency idempotency,
      EventLog log,
      Clock clock) {
    this.operators = operators;
    this.devices = devices;
    this.idempotency = idempotency;
    this.log = log;
    this.clock = clock;
  }

  /// Of operators' browsers.
  Sessions sessions() {
    return operators.sessions();
  }

  interface Action {
    Answer answer(Request request) throws IOException;
  }

  interface DeviceAction {
    Answer answer(Request request, Device device) throws IOException;
  }

  /// For anyone.
  APIGatewayProxyResponseEvent open(APIGatewayProxyRequestEvent event, Action action) {
    return answer(event, action);
  }

  /// For an operator's browser: whoever is not logged in is led to where that is done.
  APIGatewayProxyResponseEvent page(APIGatewayProxyRequestEvent event, Action action) {
    return answer(
        event,
        request ->
            sessions().isOpen(request)
                ? action.answer(request)
                : Answer.seeOther("/login?next=" + event.getPath()));
  }

  /// For operators.
  APIGatewayProxyResponseEvent operator(APIGatewayProxyRequestEvent event, Action action) {
    return answer(
        event,
        request -> {
          operators.check(request);
          return action.answer(request);
        });
  }

  /// Like [#operator], and a request with an `Idempotency-Key` is done once.
  APIGatewayProxyResponseEvent operatorOnce(APIGatewayProxyRequestEvent event, Action action) {
    return operator(event, request -> idempotency.answer(request, action));
  }

  /// For enrolled devices.
  APIGatewayProxyResponseEvent device(APIGatewayProxyRequestEvent event, DeviceAction action) {
    return answer(event, request -> action.answer(request, devices.authenticate(request.signed())));
  }

  private APIGatewayProxyResponseEvent answer(APIGatewayProxyRequestEvent event, Action action) {
    Instant start = clock.instant();
    Request request = new Request(event);
    Answer answer = answer(request, action);
    log.write(
        "request",
        Json.object()
            .put("request", request.id())
            .put("method", request.method())
            .put("path", event.getPath())
            .put("status", answer.status())
            .put("millis", Duration.between(start, clock.instant()).toMillis())
            .put("compilation", compilation(event, answer)));
    return answer.event();
  }

  private Answer answer(Request request, Action action) {
    try {
      return action.answer(request);
    } catch (ServiceException e) {
      if (e.getCause() != null) {
        log.fault("request " + request.id(), e);
      }
      return ProblemDocument.answer(request, e.problems());
    } catch (Exception e) {
      log.fault("request " + request.id(), e);
      return ProblemDocument.answer(
          request, List.of(StorageFault.in(e).orElseGet(() -> fault(request))));
    }
  }

  private static ServiceProblem fault(Request request) {
    return ServiceProblem.of(
        ServiceErrorCode.SERVICE_FAULT,
        "the service",
        "a fault while it answered",
        "an answer",
        "try again; if it stays, look for the request `" + request.id() + "` in the log");
  }

  private static String compilation(APIGatewayProxyRequestEvent event, Answer answer) {
    // Devices have an id in their path too.
    return Optional.ofNullable(event.getPathParameters())
        .filter(_ -> event.getPath().contains("/v1/compilations/"))
        .map(parameters -> parameters.get("id"))
        .orElse(answer.compilation());
  }
}
