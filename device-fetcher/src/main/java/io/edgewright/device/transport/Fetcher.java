package io.edgewright.device.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends one request and gives the answer as it comes. Follows no redirect, tries nothing twice. */
public interface Fetcher {
  /** What is asked. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(String method, URI address, Map<String, String> headers, byte @Nullable [] body) {
    static Request get(URI address, Map<String, String> headers) {
      return new Request("GET", address, headers, null);
    }
  }

  /** What is answered; the body is read from the network while it is read here. */
  interface Answer extends AutoCloseable {
    int status();

    Optional<String> header(String name);

    InputStream body();

    /** Gives the connection back, or cuts it when the body was not read to its end. */
    @Override
    void close();
  }

  Answer send(Request request) throws IOException;
}
