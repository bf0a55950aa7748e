package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.compilation.Uploads;
import io.edgewright.functions.core.compilation.Uploads.Address;

/// What there is of a model, as callers see it.
final class UploadDocument {
  private UploadDocument() {}

  static ObjectNode of(Uploads.State state) {
    ObjectNode document =
        Json.object()
            .put("model", state.model().toString())
            .put("state", state.complete() ? "complete" : "open")
            .put("partBytes", Uploads.PART_BYTES);
    ArrayNode uploads = document.putArray("uploads");
    state.missing().forEach(address -> uploads.add(address(address)));
    return document.put("expiresAt", state.expiresAt().toString());
  }

  private static ObjectNode address(Address address) {
    ObjectNode document =
        Json.object()
            .put("part", address.part())
            .put("method", "PUT")
            .put("url", address.place().url().toString())
            .put("offset", address.offset())
            .put("bytes", address.bytes())
            .put("digest", address.digest().toString());
    ObjectNode headers = document.putObject("headers");
    address.place().headers().forEach(headers::put);
    return document;
  }

  /// The model that an address names.
  static Digest model(Request request) {
    String text = request.path("model");
    return Digest.parse(text)
        .orElseThrow(() ->
            new ServiceException(
                ServiceErrorCode.PARAMETER_INVALID,
                "the model in the address",
                "`" + text + "`",
                "`sha256:` and 64 hex digits in lower case",
                "take the `model` that `POST /v1/models` answered"));
  }
}
