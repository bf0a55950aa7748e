package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.compilation.Compilations.Submission;
import io.edgewright.functions.core.store.Compilation;
import java.io.IOException;

/// `POST /v1/compilations`: compile a model for every target of a manifest.
public final class CreateCompilation
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Compilations compilations;

  CreateCompilation(Endpoint endpoint, Compilations compilations) {
    this.endpoint = endpoint;
    this.compilations = compilations;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operatorOnce(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    Submission submission = new Submit().answer(request);
    String id = submission.compilation().id();
    if (request.wantsPage()) {
      return Answer.seeOther("/compilations/" + id).about(id);
    }
    Preference preference = Preference.of(request);
    Compilation compilation =
        compilations.await(id, found -> found.state().isFinal(), preference.longest());
    boolean accepted = submission.created() && !compilation.state().isFinal();
    return preference
        .applied(Answer.json(accepted ? 202 : 200, CompilationDocument.of(compilation)))
        .with("location", CompilationDocument.path(id))
        .about(id);
  }

  private final class Submit implements ModelRequest<Submission> {
    @Override
    public Submission inOneRequest(byte[] manifest, byte[] model) throws IOException {
      return compilations.submit(manifest, model);
    }

    @Override
    public Submission ofAnUpload(byte[] manifest, Digest model) throws IOException {
      return compilations.submit(manifest, model);
    }
  }
}
