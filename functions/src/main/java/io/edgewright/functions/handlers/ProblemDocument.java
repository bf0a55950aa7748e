package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.pages.ProblemPage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Problems as `application/problem+json` (RFC 9457).
public final class ProblemDocument {
  private ProblemDocument() {}

  /// The body of an answer with these problems.
  private static ObjectNode of(List<ServiceProblem> problems) {
    ServiceProblem first = problems.getFirst();
    ObjectNode document =
        Json.object()
            .put("type", "/v1/errors/" + first.code())
            .put("title", title(first))
            .put("status", status(problems))
            .put("code", first.code())
            .put(
                "detail",
                problems.stream().map(ServiceProblem::sentence).collect(Collectors.joining("\n")));
    document.set("problems", ServiceProblem.toJson(problems));
    return document;
  }

  /// The answer to a request that never comes to a handler.
  ///
  /// @param accepted the header `Accept`, may be empty
  public static APIGatewayProxyResponseEvent event(String accepted, List<ServiceProblem> problems) {
    return answer(Request.isPage(accepted), problems).event();
  }

  static Answer answer(Request request, List<ServiceProblem> problems) {
    return answer(request.wantsPage(), problems);
  }

  /// A page for a browser, JSON for everybody else.
  private static Answer answer(boolean asPage, List<ServiceProblem> problems) {
    int status = status(problems);
    Answer answer =
        asPage
            ? Answer.page(status, ProblemPage.html(status, title(problems.getFirst()), problems))
            : Answer.text(status, "application/problem+json", Json.text(of(problems)));
    return answer.status() == 401 ? answer.with("www-authenticate", "Bearer") : answer;
  }

  /// A fault of the service outweighs what the caller did; else the first problem decides.
  private static int status(List<ServiceProblem> problems) {
    ServiceProblem heaviest =
        problems.stream()
            .filter(problem -> problem.blame() == Blame.SERVICE)
            .findFirst()
            .orElse(problems.getFirst());
    Optional<ServiceErrorCode> own = ServiceErrorCode.find(heaviest.code());
    return own.map(ServiceErrorCode::status)
        .orElse(
            switch (heaviest.blame()) {
              case CALLER, LIMIT -> 422;
              case SERVICE -> 500;
            });
  }

  private static String title(ServiceProblem problem) {
    return ServiceErrorCode.find(problem.code())
        .map(ServiceErrorCode::title)
        .orElse("the request cannot be compiled");
  }
}
