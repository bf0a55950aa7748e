package io.edgewright.functions.aws.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.IdempotencyStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// An item a key, which DynamoDB deletes some time after its end.
public final class DynamoIdempotencyStore implements IdempotencyStore {
  private final Table keys;

  public DynamoIdempotencyStore(Tables tables) {
    this.keys = tables.table("idempotency");
  }

  private static Item key(String key) {
    return Item.of("id", key);
  }

  @Override
  public Taking take(String key, Digest request, Instant now, Instant until, Instant abandoned) {
    Mark mark = Mark.fresh();
    Item item =
        mark.on(
            key(key)
                .with("request", request.hex())
                .with("takenAt", now)
                .with("until", until)
                .expiring(until));
    Term free =
        Term.of(
                "attribute_not_exists(#id) OR #until < :now"
                    + " OR (attribute_not_exists(#answer) AND #takenAt < :abandoned)")
            .with("now", now)
            .with("abandoned", abandoned);
    return switch (keys.put(item, free)) {
      case Table.Outcome.Written _ -> new Taking.Taken();
      case Table.Outcome.Refused(Item there) ->
          mark.isOn(there) ? new Taking.Taken() : taking(there, request);
    };
  }

  private static Taking taking(Item there, Digest request) {
    if (!there.textOf("request").equals(request.hex())) {
      return new Taking.Other();
    }
    return there.has("answer")
        ? new Taking.Answered(answer(there.bytesOf("answer")))
        : new Taking.UnderWay();
  }

  @Override
  public void keep(String key, KeptAnswer answer) {
    Term change = Term.of("SET #answer = :answer").with("answer", Item.bytes(packed(answer)));
    // Where the key was freed meanwhile, the request counts as abandoned.
    var _ = keys.update(key(key), change, Term.PRESENT);
  }

  private static byte[] packed(KeptAnswer answer) {
    var json = Json.object().put("status", answer.status()).put("body", answer.body());
    answer.headers().forEach(json.putObject("headers")::put);
    return Packed.bytes(Json.text(json));
  }

  private static KeptAnswer answer(byte[] packed) {
    JsonNode json = Json.trusted(Packed.text(packed));
    Map<String, String> headers = new LinkedHashMap<>();
    json.required("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new KeptAnswer(json.required("status").asInt(), headers, json.required("body").asText());
  }

  @Override
  public void release(String key) {
    keys.delete(key(key));
  }
}
