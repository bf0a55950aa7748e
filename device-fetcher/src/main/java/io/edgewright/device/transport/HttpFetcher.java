package io.edgewright.device.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/**
 * The real network, through {@link HttpURLConnection}: half the memory of {@code java.net.http},
 * and one connection is kept for all requests of a wake, which is what a radio link wants.
 */
public final class HttpFetcher implements Fetcher {
  private static final int CONNECT_MILLIS = 15_000;
  private static final int READ_MILLIS = 30_000;

  static {
    // Otherwise the JDK sends a signed request again by itself when a connection breaks, and the
    // service takes the second one for a replay. (Its streaming mode would not, but loses the body
    // of a 401, which says why.)
    System.setProperty("sun.net.http.retryPost", "false");
  }

  @Override
  public Answer send(Request request) throws IOException {
    URI address = SafeAddress.of(request.address().toString(), "address");
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestMethod(request.method());
    connection.setRequestProperty("User-Agent", "edgewright-device");
    connection.setRequestProperty("Accept-Encoding", "identity");
    request.headers().forEach(connection::setRequestProperty);
    if (request.body() != null) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(request.body());
      }
    }
    int status = connection.getResponseCode();
    InputStream body =
        status >= HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getErrorStream()
            : connection.getInputStream();
    long length = connection.getContentLengthLong();
    return new HttpAnswer(
        connection,
        status,
        new CountedBody(body == null ? InputStream.nullInputStream() : body, length));
  }

  private record HttpAnswer(HttpURLConnection connection, int status, CountedBody body)
      implements Answer {
    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(connection.getHeaderField(name));
    }

    @Override
    public void close() {
      if (!body.isFinished()) {
        // Closing it instead would read on to save the connection: an endless body for ever.
        connection.disconnect();
        return;
      }
      try {
        body.close();
      } catch (IOException exception) {
        connection.disconnect();
      }
    }
  }

  /** Knows whether it was read to its end, without another read to find out. */
  private static final class CountedBody extends FilterInputStream {
    private final long length;
    private long count;
    private boolean ended;

    CountedBody(InputStream body, long length) {
      super(body);
      this.length = length;
    }

    boolean isFinished() {
      return ended || count == length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int most) throws IOException {
      int got = super.read(bytes, offset, most);
      count += Math.max(got, 0);
      ended |= got < 0;
      return got;
    }
  }
}
