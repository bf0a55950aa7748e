package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;

import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.embedded.ApiStatusTest.Case;
import io.edgewright.functions.embedded.CheckedClient.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What provokes the statuses of uploads in parts, of cancelling, and of idempotency keys.
final class UploadStatusCases {
  private static final String MODELS = "POST /v1/models";
  private static final String GET = "GET /v1/models/{model}";
  private static final String COMPLETE = "POST /v1/models/{model}/complete";
  private static final String CANCEL = "POST /v1/compilations/{id}/cancel";
  private static final String NOWHERE = "0".repeat(64);

  private final CheckedClient client;
  private final String done;
  private final Path data;

  /// @param done the id of a compilation that is done
  /// @param data the folder of the service
  UploadStatusCases(CheckedClient client, String done, Path data) {
    this.client = client;
    this.done = done;
    this.data = data;
  }

  List<Case> all() {
    return Stream.of(uploads(), cancelling(), repeated()).flatMap(List::stream).toList();
  }

  private List<Case> uploads() {
    return List.of(
        new Case(GET, 200, () -> of(GET, arriving())),
        new Case(GET, 400, () -> of(GET, "md5:0").wrong()),
        new Case(GET, 401, () -> of(GET, "sha256:" + NOWHERE).without("authorization").wrong()),
        new Case(GET, 404, () -> of(GET, "sha256:" + NOWHERE)),
        new Case(COMPLETE, 200, () -> of(COMPLETE, uploaded())),
        new Case(COMPLETE, 400, () -> of(COMPLETE, "md5:0").wrong()),
        new Case(COMPLETE, 401, () -> of(COMPLETE, arriving()).without("authorization").wrong()),
        new Case(COMPLETE, 404, () -> of(COMPLETE, "sha256:" + NOWHERE)),
        new Case(COMPLETE, 409, () -> of(COMPLETE, arriving())));
  }

  private Call of(String route, String model) {
    String[] words = route.replace("{model}", model).split(" ", -1);
    return client.operator(words[0], words[1]);
  }

  private String uploaded() {
    return client.get(done).path("model").asText();
  }

  /// The digest of a model that was announced with its one part, and nothing more.
  private String arriving() {
    String digest = Samples.digest("arriving").toString();
    client.send(announce(digest, 7)).expect(201);
    return digest;
  }

  private Call announce(String digest, int bytes) {
    return client
        .operator("POST", "/v1/models")
        .json(
            "{\"model\":\"%s\",\"bytes\":%d,\"parts\":[\"%s\"]}".formatted(digest, bytes, digest));
  }

  private List<Case> cancelling() {
    return List.of(
        new Case(CANCEL, 200, () -> cancel(slow())),
        new Case(CANCEL, 401, () -> cancel(done).without("authorization").wrong()),
        new Case(CANCEL, 404, () -> cancel(NOWHERE)),
        new Case(CANCEL, 409, () -> cancel(done)));
  }

  private Call cancel(String id) {
    return client.operator("POST", "/v1/compilations/" + id + "/cancel");
  }

  private String slow() {
    Call post =
        form(
            client.operator("POST", "/v1/compilations"),
            manifest("slow", "x86-64-v3"),
            model("sleep * 60000"));
    return client.send(post).json().path("id").asText();
  }

  /// The same key with the same request while that is under way, and with another one.
  private List<Case> repeated() {
    String rollback = "POST /v1/deployments/{group}/rollback";
    return List.of(
        new Case(MODELS, 409, () -> busy("m", announce(Samples.digest("b").toString(), 7))),
        new Case(MODELS, 422, () -> reused("n", announce(Samples.digest("b").toString(), 7))),
        new Case(rollback, 409, () -> busy("r", rollBack())),
        new Case(rollback, 422, () -> reused("s", rollBack())),
        new Case("GET /v1/compilations/{id}", 304, () -> known("/v1/compilations/" + done)),
        new Case("GET /v1/deployments/{group}", 304, () -> known("/v1/deployments/attic")));
  }

  private Call rollBack() {
    return client.operator("POST", "/v1/deployments/attic/rollback");
  }

  private Call reused(String key, Call call) {
    client
        .send(announce(Samples.digest("a").toString(), 7).with("idempotency-key", key))
        .expect(201);
    return call.with("idempotency-key", key);
  }

  private Call busy(String key, Call call) {
    return BusyKey.of(call, key, data);
  }

  private Call known(String path) {
    String tag = client.send(client.operator("GET", path)).expect(200).header("etag");
    return client.operator("GET", path).with("if-none-match", "\"x\", " + tag);
  }
}
