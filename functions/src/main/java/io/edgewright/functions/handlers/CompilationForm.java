package io.edgewright.functions.handlers;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import java.util.Map;
import java.util.stream.Stream;

/// Manifest and model as the parts of one body.
final class CompilationForm {
  private final byte[] manifest;
  private final byte[] model;

  private CompilationForm(byte[] manifest, byte[] model) {
    this.manifest = manifest;
    this.model = model;
  }

  /// @throws ServiceException when a part is missing, or there are others
  static CompilationForm of(Request request) {
    Map<String, byte[]> parts = Multipart.parts(request);
    byte[] manifest = parts.get("manifest");
    byte[] model = parts.get("model");
    if (manifest == null || model == null || parts.size() > 2) {
      throw new ServiceException(
          Stream.of("manifest", "model")
              .filter(name -> !parts.containsKey(name) || parts.size() > 2)
              .map(name -> wrongPart(name, parts))
              .toList());
    }
    return new CompilationForm(manifest, model);
  }

  private static ServiceProblem wrongPart(String name, Map<String, byte[]> parts) {
    return ServiceProblem.of(
        ServiceErrorCode.FIELD_INVALID,
        "the part `" + name + "`",
        "the parts " + parts.keySet(),
        "one part `manifest` and one part `model`",
        "send both, and nothing else");
  }

  byte[] manifest() {
    return manifest;
  }

  byte[] model() {
    return model;
  }
}
