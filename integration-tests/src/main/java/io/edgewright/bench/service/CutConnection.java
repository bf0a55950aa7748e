package io.edgewright.bench.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request whose connection is gone before its answer has come: the client does not know what
/// became of it.
final class CutConnection {
  private CutConnection() {}

  /// @param part how much of the request is sent, from 0 to 1
  static void post(URI address, Map<String, String> headers, byte[] body, double part)
      throws IOException {
    StringBuilder head =
        new StringBuilder("POST " + address.getRawPath() + " HTTP/1.1\r\n")
            .append("Host: " + address.getAuthority() + "\r\n")
            .append("Content-Length: " + body.length + "\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      // No farewell: what is under way is dropped, as by a cable that is pulled.
      socket.setSoLinger(true, 0);
      OutputStream out = socket.getOutputStream();
      out.write(request.toByteArray(), 0, (int) (request.size() * part));
      out.flush();
    }
  }
}
