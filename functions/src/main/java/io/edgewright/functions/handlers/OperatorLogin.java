package io.edgewright.functions.handlers;

/// How it is known that an operator sends a request.
public sealed interface OperatorLogin {
  /// By a bearer token, or a browser's session that began with it.
  record Token(String token) implements OperatorLogin {}

  /// API Gateway has checked the signature (SigV4) and the permissions of IAM, and names the caller
  /// in the event. Browsers cannot sign so: there are no sessions and no pages.
  ///
  /// @param namesCallers false for an emulator of API Gateway, which checks nobody
  record Gateway(boolean namesCallers) implements OperatorLogin {}
}
