package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.compilation.Uploads;
import io.edgewright.functions.core.store.MovingClock;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models that arrive in parts.
@Tag("slow")
class UploadFlowTest {
  private static final int PART = (int) Uploads.PART_BYTES;
  private static final int BYTES = 20_000_000;

  @TempDir Path folder;
  private final MovingClock clock = new MovingClock(Instant.parse("2026-05-01T12:00:00Z"));
  private final byte[] model = bytes(BYTES, 0);
  private TestService service;
  private CheckedClient client;

  @BeforeEach
  void start() throws IOException {
    service = TestService.start(folder.resolve("data"), TestService.LIMITS, clock);
    client = service.client();
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  /// A model that the fake compiler takes: its orders end with the first line.
  private static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    byte[] start = "MODEL\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, bytes, 0, start.length);
    return bytes;
  }

  private byte[] part(int number) {
    return Arrays.copyOfRange(model, (number - 1) * PART, Math.min(number * PART, BYTES));
  }

  private static int parts() {
    return (BYTES + PART - 1) / PART;
  }

  private Call announce(List<byte[]> parts) {
    ObjectNode body = Json.object().put("model", Digest.of(model).toString()).put("bytes", BYTES);
    ArrayNode digests = body.putArray("parts");
    parts.forEach(part -> digests.add(Digest.of(part).toString()));
    return client.operator("POST", "/v1/models").json(Json.text(body));
  }

  private List<byte[]> split() {
    return IntStream.rangeClosed(1, parts()).mapToObj(this::part).toList();
  }

  private Call get(String rest) {
    return client.operator("GET", "/v1/models/" + Digest.of(model) + rest);
  }

  private Call complete() {
    return client.operator("POST", "/v1/models/" + Digest.of(model) + "/complete");
  }

  private Reply put(JsonNode upload, byte[] content) {
    URI url = URI.create(upload.path("url").asText());
    return client.sendUnchecked(
        client
            .open("PUT", url.getRawPath() + "?" + url.getRawQuery())
            .body("application/octet-stream", content));
  }

  private static List<Integer> numbers(JsonNode state) {
    List<Integer> numbers = new ArrayList<>();
    state.path("uploads").forEach(upload -> numbers.add(upload.path("part").asInt()));
    return numbers;
  }

  private void putAll(JsonNode state) {
    state
        .path("uploads")
        .forEach(upload -> put(upload, part(upload.path("part").asInt())).expect(200));
  }

  @Test
  void joinsPartsThatCameInAnyOrderAndCompilesThem() throws IOException {
    JsonNode open = client.send(announce(split())).expect(201).json();
    assertThat(numbers(open)).hasSize(parts());
    long sum = 0;
    for (JsonNode upload : open.path("uploads")) {
      assertThat(upload.path("offset").asLong()).isEqualTo(sum);
      sum += upload.path("bytes").asLong();
    }
    assertThat(sum).isEqualTo(BYTES);
    List<JsonNode> uploads = new ArrayList<>();
    open.path("uploads").forEach(uploads::addFirst);
    for (JsonNode upload : uploads) {
      put(upload, part(upload.path("part").asInt())).expect(200);
    }
    assertThat(client.send(complete()).expect(200).json().path("state").asText())
        .isEqualTo("complete");
    Path stored = folder.resolve("data/objects/models/" + Digest.of(model).hex());
    assertThat(Files.mismatch(stored, Files.write(folder.resolve("model"), model))).isEqualTo(-1);
    assertThat(leftovers()).isEmpty();
    client.send(complete()).expect(200);
    assertThat(client.send(announce(split())).expect(200).json().path("uploads")).isEmpty();
  }

  private List<Path> leftovers() throws IOException {
    Path parts = folder.resolve("data/objects/parts");
    if (!Files.exists(parts)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(parts)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void goesOnWhereItBrokeOffEvenAfterARestart() throws IOException {
    JsonNode open = client.send(announce(split())).expect(201).json();
    put(open.path("uploads").get(1), part(2)).expect(200);
    breakOff(open.path("uploads").get(0), part(1));
    service = service.restarted();
    client = service.client();
    JsonNode state = client.send(get("")).expect(200).json();
    assertThat(numbers(state)).doesNotContain(2).contains(1).hasSize(parts() - 1);
    assertThat(client.send(complete()).expect(409).code())
        .isEqualTo(ServiceErrorCode.UPLOAD_INCOMPLETE.id());
    // Addresses expire; asking again gives fresh ones for what is missing.
    clock.advance(Duration.ofHours(2));
    put(state.path("uploads").get(0), part(1)).expect(403);
    putAll(client.send(announce(split())).expect(201).json());
    client.send(complete()).expect(200);
  }

  /// Sends half of a part and hangs up.
  private void breakOff(JsonNode upload, byte[] content) throws IOException {
    URI url = URI.create(upload.path("url").asText());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String head =
          "PUT %s?%s HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n"
              .formatted(url.getRawPath(), url.getRawQuery(), content.length);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(content, 0, content.length / 2);
      socket.getOutputStream().flush();
    }
  }

  @Test
  void takesOnlyThePartsThatWereAnnounced() {
    JsonNode open = client.send(announce(split())).expect(201).json();
    byte[] other = part(1);
    other[PART / 2] ^= 1;
    assertThat(put(open.path("uploads").get(0), other).expect(400).code())
        .isEqualTo(ServiceErrorCode.UPLOAD_MISMATCH.id());
    assertThat(put(open.path("uploads").get(0), part(2)).expect(400).code())
        .isEqualTo(ServiceErrorCode.UPLOAD_MISMATCH.id());
    assertThat(numbers(client.send(get("")).expect(200).json())).hasSize(parts());
    // One part fewer than it takes, or one more.
    List<byte[]> fewer = split().subList(1, parts());
    assertThat(client.send(announce(fewer).wrong()).expect(400).code())
        .isEqualTo(ServiceErrorCode.FIELD_INVALID.id());
  }

  @Test
  void refusesPartsThatTogetherAreAnotherFile() throws IOException {
    List<byte[]> swapped = new ArrayList<>(split());
    byte[] first = swapped.getFirst().clone();
    first[0] ^= 1;
    swapped.set(0, first);
    JsonNode open = client.send(announce(swapped)).expect(201).json();
    for (JsonNode upload : open.path("uploads")) {
      put(upload, swapped.get(upload.path("part").asInt() - 1)).expect(200);
    }
    assertThat(client.send(complete()).expect(400).code())
        .isEqualTo(ServiceErrorCode.UPLOAD_MISMATCH.id());
    assertThat(leftovers()).isEmpty();
    client.send(get("")).expect(404);
  }

  @Test
  void believesTheLastAnnouncement() throws IOException {
    List<byte[]> mistaken = new ArrayList<>(split());
    mistaken.set(0, new byte[] {1});
    JsonNode wrong = client.send(announce(mistaken)).expect(201).json();
    put(wrong.path("uploads").get(1), part(2)).expect(200);
    JsonNode open = client.send(announce(split())).expect(201).json();
    assertThat(numbers(open)).hasSize(parts());
    assertThat(leftovers()).isEmpty();
    // The address of the upload that was given up leads nowhere.
    put(wrong.path("uploads").get(1), part(2)).expect(404);
    putAll(open);
    client.send(complete()).expect(200);
  }

  @Test
  void forgetsWhatNobodyFinishedWithinAWeek() throws IOException {
    JsonNode open = client.send(announce(split())).expect(201).json();
    put(open.path("uploads").get(0), part(1)).expect(200);
    assertThat(leftovers()).hasSize(1);
    clock.advance(Duration.ofDays(8));
    Instant end = Instant.now().plusSeconds(60);
    while (!leftovers().isEmpty() && Instant.now().isBefore(end)) {
      CheckedClient.pause();
    }
    assertThat(leftovers()).isEmpty();
    client.send(get("")).expect(404);
  }

  /// 512 MiB, with a break in the middle: only what is missing is sent again.
  @Test
  void takesTheLargestModelThereIs() throws IOException {
    assumeTrue(Boolean.getBoolean("edgewright.soak"), "512 MiB: ./edgewright test --soak");
    int count = (int) (Uploads.LARGEST_MODEL / PART);
    MessageDigest whole = Digest.sha256();
    ArrayNode digests = Json.array();
    for (int number = 1; number <= count; number++) {
      byte[] part = bytes(PART, number);
      whole.update(part);
      digests.add(Digest.of(part).toString());
    }
    Digest digest = Digest.finish(whole);
    ObjectNode body =
        Json.object().put("model", digest.toString()).put("bytes", Uploads.LARGEST_MODEL);
    body.set("parts", digests);
    Call announce = client.operator("POST", "/v1/models").json(Json.text(body));
    JsonNode open = client.send(announce).expect(201).json();
    for (int i = 0; i < count / 2; i++) {
      put(open.path("uploads").get(i), bytes(PART, i + 1)).expect(200);
    }
    service = service.restarted();
    client = service.client();
    JsonNode rest = client.send(announce).expect(201).json();
    assertThat(numbers(rest)).hasSize(count - count / 2);
    for (JsonNode upload : rest.path("uploads")) {
      put(upload, bytes(PART, upload.path("part").asInt())).expect(200);
    }
    client.send(client.operator("POST", "/v1/models/" + digest + "/complete")).expect(200);
    Path stored = folder.resolve("data/objects/models/" + digest.hex());
    assertThat(Files.size(stored)).isEqualTo(Uploads.LARGEST_MODEL);
    try (InputStream in = Files.newInputStream(stored)) {
      assertThat(Digest.of(in)).isEqualTo(digest);
    }
  }

  @Test
  void compilesAModelThatCameInParts() {
    putAll(client.send(announce(split())).expect(201).json());
    client.send(complete()).expect(200);
    Call post =
        client
            .operator("POST", "/v1/compilations")
            .json(
                "{\"model\":\"%s\",\"manifest\":%s}"
                    .formatted(Digest.of(model), manifest("big", "x86-64-v3")));
    JsonNode posted = client.send(post).expect(202).json();
    assertThat(client.await(posted.path("id").asText()).path("model").asText())
        .isEqualTo(Digest.of(model).toString());
  }
}
