package io.edgewright.functions.handlers;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds who answers a request.
public record Routes(List<Route> all) {
  public Routes {
    all = List.copyOf(all);
  }

  /// @param parameters those of the path, decoded
  public record Match(Route route, Map<String, String> parameters) {
    public Match {
      parameters = Map.copyOf(parameters);
    }
  }

  /// @param path percent-encoded, as it was sent
  /// @throws ServiceException when a parameter is not percent-encoded as it should be
  public Optional<Match> find(String method, String path) {
    for (Route route : all) {
      Optional<Map<String, String>> parameters = route.match(path);
      if (parameters.isPresent() && route.method().equals(method)) {
        Map<String, String> decoded = new LinkedHashMap<>();
        parameters.get().forEach((name, value) -> decoded.put(name, decode(value)));
        return Optional.of(new Match(route, decoded));
      }
    }
    return Optional.empty();
  }

  /// The methods that the address knows, for the header `Allow`; empty where there is no such
  /// address.
  public String allowed(String path) {
    return String.join(
        ", ",
        all.stream()
            .filter(route -> route.match(path).isPresent())
            .map(Route::method)
            .distinct()
            .toList());
  }

  /// Why nobody answers.
  public ServiceException nobody(String method, String path) {
    String allowed = allowed(path);
    if (allowed.isEmpty()) {
      return new ServiceException(
          ServiceErrorCode.ROUTE_UNKNOWN,
          "the address `" + path + "`",
          "no such address",
          "the addresses of openapi.yaml",
          "check the spelling; all addresses begin with `/v1/`");
    }
    return new ServiceException(
        ServiceErrorCode.METHOD_WRONG,
        "the method `" + method + "`",
        "not allowed for `" + path + "`",
        allowed,
        "use one of the allowed methods");
  }

  /// @throws ServiceException when the text is not percent-encoded as it should be
  public static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          ServiceErrorCode.PARAMETER_INVALID,
          "the address",
          "`" + text + "`",
          "`%` with two hex digits",
          "encode the address as RFC 3986 says");
    }
  }
}
