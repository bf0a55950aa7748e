package io.edgewright.functions.embedded;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the service is started with.
///
/// @param port 0 takes any that is free
/// @param address how clients reach the service, where that is not `http://HOST:PORT`
public record Options(String host, int port, Path data, Optional<URI> address) {
  public static final String USAGE =
      """
      usage: serve [--data DIR] [--port N] [--host ADDRESS] [--address URL]

        --data DIR      where models, bundles, keys and records are kept, ./edgewright-data by
                        default; made if it is not there
        --port N        where to listen, 8080 by default; 0 takes any free port
        --host ADDRESS  127.0.0.1 by default, which other machines do not reach
        --address URL   how clients reach this service, if not at http://HOST:PORT\
      """;

  /// @throws ServiceException when they make no sense
  public static Options of(List<String> arguments) {
    String host = "127.0.0.1";
    int port = 8080;
    Path data = Path.of("edgewright-data");
    Optional<URI> address = Optional.empty();
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw wrong(option, "nothing after it", "a value");
      }
      String value = arguments.get(i + 1);
      switch (option) {
        case "--host" -> host = value;
        case "--port" -> port = port(value);
        case "--data" -> data = Path.of(value);
        case "--address" -> address = Optional.of(URI.create(value));
        default -> throw wrong(option, "an unknown option", "--data, --port, --host, --address");
      }
    }
    return new Options(host, port, data, address);
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Answered below, with numbers outside of the range.
    }
    throw wrong("--port", "`" + value + "`", "a number from 0 to 65535");
  }

  private static ServiceException wrong(String option, String seen, String allowed) {
    return new ServiceException(
        ServiceErrorCode.OPTION_WRONG,
        "the option `" + option + "`",
        seen,
        allowed,
        "start it as its usage says");
  }
}
