package io.edgewright.compiler.diagnostics;

/// Who can mend a problem. It decides exit status, HTTP status and whether a retry makes sense.
public enum Blame {
  /// The request, the model or the manifest: a retry gives the same problem.
  CALLER,
  /// A stated limit was passed: a smaller request works.
  LIMIT,
  /// A fault of the compiler or the service.
  SERVICE
}
