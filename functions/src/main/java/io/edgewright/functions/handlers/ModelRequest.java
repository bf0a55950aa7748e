package io.edgewright.functions.handlers;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import java.io.IOException;

/// A manifest with a model, in one of two forms: both in this request, or the model uploaded before
/// and named by its digest.
interface ModelRequest<T> {
  T inOneRequest(byte[] manifest, byte[] model) throws IOException;

  T ofAnUpload(byte[] manifest, Digest model) throws IOException;

  /// Reads the form that the request is in.
  default T answer(Request request) throws IOException {
    return switch (request.mediaType()) {
      case "multipart/form-data" -> {
        CompilationForm form = CompilationForm.of(request);
        yield inOneRequest(form.manifest(), form.model());
      }
      case "application/json" -> {
        Fields fields = Fields.of(request);
        Digest model = fields.digest("model");
        byte[] manifest = Json.bytes(fields.object("manifest"));
        fields.end();
        yield ofAnUpload(manifest, model);
      }
      default ->
          throw Fields.wrongMediaType(request, "`multipart/form-data` or `application/json`");
    };
  }
}
