package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.compilation.Compilations.Submission;
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
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    Submission submission =
        switch (request.mediaType()) {
          case "multipart/form-data" -> inOneRequest(CompilationForm.of(request));
          case "application/json" -> ofAnUpload(Fields.of(request));
          default ->
              throw Fields.wrongMediaType(request, "`multipart/form-data` or `application/json`");
        };
    String id = submission.compilation().id();
    return Answer.json(
            submission.created() ? 202 : 200, CompilationDocument.of(submission.compilation()))
        .with("location", CompilationDocument.path(id))
        .about(id);
  }

  private Submission inOneRequest(CompilationForm form) throws IOException {
    return compilations.submit(form.manifest(), form.model());
  }

  private Submission ofAnUpload(Fields fields) throws IOException {
    Digest model = fields.digest("model");
    byte[] manifest = Json.bytes(fields.object("manifest"));
    fields.end();
    return compilations.submit(manifest, model);
  }
}
