package io.edgewright.functions.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.embedded.CheckedClient.Call;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A signed request on the wire with one byte changed, for every byte that the signature covers, of
/// the signature, and of the body. (Core's own test tries more values of each byte.)
class SignedBytesTest {
  private static final List<String> SIGNED =
      List.of("host: ", "content-digest: ", "signature-input: ", "signature: ");

  @TempDir Path folder;
  private TestService service;
  private URI address;
  private String request;

  @BeforeEach
  void start() throws IOException {
    service = TestService.start(folder);
    CheckedClient client = service.client();
    address = client.base();
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "lobby", "x86-64-v3");
    Call call =
        client.signed(
            device,
            client.open("POST", "/v1/devices/self/reports?a=1").json("{\"event\":\"activated\"}"),
            Instant.now());
    StringBuilder text = new StringBuilder("POST " + call.path() + " HTTP/1.1\r\n");
    text.append("host: ").append(address.getAuthority()).append("\r\n");
    call.headers()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("content-length: ")
        .append(call.body().length)
        .append("\r\nconnection: close\r\n\r\n");
    request = text + new String(call.body(), ISO_8859_1);
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  @Test
  void refusesEveryChangedByte() throws IOException {
    List<Integer> places = places();
    assertThat(places.size()).isGreaterThan(400);
    for (int place : places) {
      char other = (char) (request.charAt(place) ^ (1 << place % 7));
      String mutated = request.substring(0, place) + other + request.substring(place + 1);
      assertThat(status(mutated)).as(mutated).isNotEqualTo("204").isNotEqualTo("200");
    }
    // What was sent all along is right but for that byte, and its nonce is not used up.
    assertThat(status(request)).isEqualTo("204");
  }

  /// Method and target, the values of the headers under the signature, and the body.
  private List<Integer> places() {
    List<Integer> places = new ArrayList<>();
    add(places, 0, request.indexOf(" HTTP/1.1"));
    for (String header : SIGNED) {
      int from = request.indexOf("\r\n" + header) + 2 + header.length();
      add(places, from, request.indexOf("\r\n", from));
    }
    add(places, request.indexOf("\r\n\r\n") + 4, request.length());
    return places;
  }

  private static void add(List<Integer> places, int from, int to) {
    for (int place = from; place < to; place++) {
      places.add(place);
    }
  }

  /// The status that the service answers, empty when it hangs up without one.
  private String status(String text) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
      return answer.length() < 12 ? "" : answer.substring(9);
    }
  }
}
