package io.edgewright.functions.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is let in, and who is not any more: claims, keys, replays, revocation, the operator's token.
class DeviceTrustTest {
  private static final boolean SOAK = Boolean.getBoolean("edgewright.soak");
  private static final int REPLAYS = SOAK ? 10_000 : 1_000;
  private static final int RIVALS = SOAK ? 1_000 : 200;

  @TempDir Path folder;
  private TestService service;
  private CheckedClient client;

  @BeforeEach
  void start() throws IOException {
    service = TestService.start(folder);
    client = service.client();
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  private void restart() throws IOException {
    service = service.restarted();
    client = service.client();
  }

  private DeviceSigner enrolled() {
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "lobby", "x86-64-v3");
    return device;
  }

  private Call desired(DeviceSigner device) {
    return client.signed(device, client.open("GET", "/v1/devices/self/desired"), Instant.now());
  }

  private void refuses(Call call, ServiceErrorCode code) {
    Reply reply = client.send(call.wrong()).expect(code.status());
    assertThat(reply.code()).isEqualTo(code.id());
  }

  @Test
  void acceptsNoReplayNotEvenAfterARestart() throws IOException {
    Call call = desired(enrolled());
    client.send(call).expect(200);
    assertThat(accepted(call, REPLAYS / 2)).isZero();
    restart();
    assertThat(accepted(call, REPLAYS - REPLAYS / 2)).isZero();
  }

  private long accepted(Call call, int times) {
    return IntStream.range(0, times)
        .parallel()
        .mapToObj(i -> client.sendUnchecked(call))
        .filter(reply -> !reply.code().equals(ServiceErrorCode.SIGNATURE_REPLAYED.id()))
        .count();
  }

  @Test
  void letsOneOfManyRivalsUseAClaim() {
    String claim =
        client
            .send(client.operator("POST", "/v1/claims").json("{\"group\":\"lobby\"}"))
            .expect(201)
            .json()
            .path("claim")
            .asText();
    var winners = new AtomicInteger();
    var losers = new AtomicInteger();
    IntStream.range(0, RIVALS)
        .mapToObj(i ->
            Thread.startVirtualThread(() -> {
              var body = Json.object().put("claim", claim).put("target", "host").put("name", "n");
              body.set("publicKey", new DeviceSigner().jwk());
              Reply reply =
                  client.sendUnchecked(client.open("POST", "/v1/enroll").json(Json.text(body)));
              (reply.status() == 201 ? winners : losers).incrementAndGet();
              assertThat(reply.status()).isIn(201, 403);
            }))
        .toList()
        .forEach(DeviceTrustTest::join);
    assertThat(winners).hasValue(1);
    assertThat(losers).hasValue(RIVALS - 1);
    JsonNode devices = client.send(client.operator("GET", "/v1/devices")).expect(200).json();
    assertThat(devices.path("devices")).hasSize(1);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shutsARevokedDeviceOutFromItsNextRequestOn() {
    DeviceSigner device = enrolled();
    client.send(desired(device)).expect(200);
    var revoked = new AtomicBoolean();
    var late = new AtomicInteger();
    var busy =
        IntStream.range(0, 8)
            .mapToObj(i ->
                Thread.startVirtualThread(() -> {
                  for (int request = 0; request < 30; request++) {
                    boolean after = revoked.get();
                    int status = client.sendUnchecked(desired(device)).status();
                    late.addAndGet(after && status != 401 ? 1 : 0);
                  }
                }))
            .toList();
    client.send(client.operator("DELETE", "/v1/devices/" + device.id())).expect(204);
    revoked.set(true);
    refuses(desired(device), ServiceErrorCode.DEVICE_KEY_WITHDRAWN);
    busy.forEach(DeviceTrustTest::join);
    assertThat(late).hasValue(0);
    refuses(
        client.rotation(device, new DeviceSigner(), Instant.now()),
        ServiceErrorCode.DEVICE_KEY_WITHDRAWN);
    assertThat(device(device.id()).path("revokedAt").isNull()).isFalse();
  }

  private JsonNode device(String id) {
    return client.send(client.operator("GET", "/v1/devices/" + id)).expect(200).json();
  }

  @Test
  void changesTheKeyAndKeepsTheDevice() {
    DeviceSigner device = enrolled();
    DeviceSigner next = new DeviceSigner();
    JsonNode answer = client.send(client.rotation(device, next, Instant.now())).expect(200).json();
    assertThat(answer.path("deviceId").asText()).isEqualTo(device.id());
    assertThat(answer.path("keyId").asText()).isEqualTo(next.id());
    refuses(desired(device), ServiceErrorCode.DEVICE_KEY_WITHDRAWN);
    client.send(desired(next)).expect(200);
    Call report = client.open("POST", "/v1/devices/self/reports").json("{\"event\":\"activated\"}");
    client.send(client.signed(next, report, Instant.now())).expect(204);
    JsonNode known = device(device.id());
    assertThat(known.path("keyId").asText()).isEqualTo(next.id());
    assertThat(known.at("/lastReport/report/event").asText()).isEqualTo("activated");
  }

  @Test
  void answersTheNewKeyAgainWhenTheFirstAnswerGotLost() {
    DeviceSigner device = enrolled();
    DeviceSigner next = new DeviceSigner();
    JsonNode first = client.send(client.rotation(device, next, Instant.now())).expect(200).json();
    refuses(client.rotation(device, next, Instant.now()), ServiceErrorCode.DEVICE_KEY_WITHDRAWN);
    assertThat(client.send(client.rotation(next, next, Instant.now())).expect(200).json())
        .isEqualTo(first);
  }

  @Test
  void takesNoKeyThatItsSenderDoesNotHave() {
    DeviceSigner device = enrolled();
    DeviceSigner next = new DeviceSigner();
    Call named =
        client
            .open("PUT", "/v1/devices/self/key")
            .json(Json.text(Json.object().set("publicKey", next.jwk())));
    refuses(client.signed(device, named, Instant.now()), ServiceErrorCode.SIGNATURE_UNREADABLE);
    Call other = client.rotation(device, new DeviceSigner(), Instant.now());
    Call mixed = other.json(new String(named.body(), StandardCharsets.UTF_8));
    refuses(mixed, ServiceErrorCode.CONTENT_DIGEST_WRONG);
    // The second signature is the device's own once more.
    refuses(
        client.signedTwice(device, device, named, Instant.now()), ServiceErrorCode.SIGNATURE_WRONG);
    client.send(desired(device)).expect(200);
  }

  @Test
  void keepsTheOperatorsTokenForItsOwnerAlone() throws IOException {
    Path file = service.service().operatorTokenFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String token = Files.readString(file).strip();
    assertThat(token).hasSize(43);
    for (int at = 0; at < token.length(); at++) {
      String other =
          token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
      refuses(
          client.open("GET", "/v1/compilations").with("authorization", "Bearer " + other),
          ServiceErrorCode.OPERATOR_TOKEN_WRONG);
    }
    restart();
    assertThat(Files.readString(file).strip()).isEqualTo(token);
  }
}
