package io.edgewright.functions.handlers;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/// Lets operators in and nobody else.
///
/// @param sessions of their browsers
record Operators(OperatorLogin login, Sessions sessions) {
  static Operators of(OperatorLogin login, Clock clock) {
    String secret =
        switch (login) {
          case OperatorLogin.Token(String token) -> token;
          case OperatorLogin.Gateway _ -> unknownToAll();
        };
    return new Operators(login, new Sessions(secret, clock));
  }

  private static String unknownToAll() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /// @throws ServiceException when it is not known that an operator sent the request
  void check(Request request) {
    switch (login) {
      case OperatorLogin.Token _ -> checkToken(request);
      case OperatorLogin.Gateway(boolean namesCallers) -> checkCaller(request, namesCallers);
    }
  }

  private void checkToken(Request request) {
    Optional<String> header = request.header("authorization");
    String given =
        header
            .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
            .map(value -> value.substring(7).strip())
            .orElse("");
    if (!sessions.isToken(given) && !sessions.isOpen(request)) {
      throw new ServiceException(
          ServiceErrorCode.OPERATOR_TOKEN_WRONG,
          "the header `Authorization`",
          header.isEmpty() ? "no such header" : "another token",
          "`Bearer TOKEN` with the operator's token",
          "read the token from `operator.token` in the service's data folder");
    }
  }

  /// API Gateway lets nobody else through. Where it was set up wrongly, it names nobody.
  private static void checkCaller(Request request, boolean namesCallers) {
    if (namesCallers && request.caller().isEmpty()) {
      throw new ServiceException(
          ServiceErrorCode.OPERATOR_TOKEN_WRONG,
          "the request",
          "a caller whom API Gateway did not check",
          "a request that is signed with SigV4 by an identity of the account",
          "sign it, for instance with `curl --aws-sigv4`; the method needs `AWS_IAM` as its"
              + " authorization");
    }
  }
}
