package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.store.Compilation;

/// `GET /v1/compilations/{id}`: how far a compilation and each of its targets has come.
public final class GetCompilation
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Compilations compilations;

  GetCompilation(Endpoint endpoint, Compilations compilations) {
    this.endpoint = endpoint;
    this.compilations = compilations;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    Preference preference = Preference.of(request);
    Compilation compilation =
        compilations.await(
            request.path("id"), found -> isNews(request, found), preference.longest());
    return preference.applied(EntityTag.answer(request, CompilationDocument.of(compilation)));
  }

  /// Whoever knows how it stands waits for a change, whoever does not for the end.
  private static boolean isNews(Request request, Compilation compilation) {
    boolean knowsAnother =
        request.header("if-none-match").isPresent()
            && !EntityTag.isKnown(request, EntityTag.of(CompilationDocument.of(compilation)));
    return knowsAnother || compilation.state().isFinal();
  }
}
