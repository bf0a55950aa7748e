package io.edgewright.device.store;

import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the last sync ended.
 *
 * @param verifiedAt the last time at which a whole set of metadata was found in order: the clock
 *     floor
 * @param freshUntil when the first file of that set expires
 * @param etag the service's name for its last answer; empty when there is none to go by
 * @param settled the digest of the bundle that the answer asked for; empty when it asked for none
 * @param syncedAt when the service was last reached
 * @param problem what went wrong in the last sync; empty when nothing did
 */
public record SyncState(
    Instant verifiedAt,
    Instant freshUntil,
    String etag,
    String settled,
    Instant syncedAt,
    String problem) {
  public static final SyncState NEVER =
      new SyncState(Instant.EPOCH, Instant.EPOCH, "", "", Instant.EPOCH, "");

  public SyncState verified(Instant at, Instant until) {
    return new SyncState(at, until, etag, settled, syncedAt, problem);
  }

  /** After an answer has been dealt with to the end; the same answer need not be sent again. */
  public SyncState settled(String newEtag, String sha256) {
    return new SyncState(verifiedAt, freshUntil, newEtag, sha256, syncedAt, problem);
  }

  public SyncState synced(Instant at, String newProblem) {
    return new SyncState(verifiedAt, freshUntil, etag, settled, at, newProblem);
  }

  static SyncState read(byte[] json) {
    JsonValue root = JsonText.parse(json, "state.json");
    return new SyncState(
        time(root.require("verifiedAt")),
        time(root.require("freshUntil")),
        root.require("etag").text(),
        root.require("settled").text(),
        time(root.require("syncedAt")),
        root.require("problem").text());
  }

  byte[] json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verifiedAt", verifiedAt.toString());
    fields.put("freshUntil", freshUntil.toString());
    fields.put("etag", etag);
    fields.put("settled", settled);
    fields.put("syncedAt", syncedAt.toString());
    fields.put("problem", problem);
    return JsonText.bytes(fields);
  }

  static Instant time(JsonValue value) {
    try {
      return Instant.parse(value.text());
    } catch (DateTimeParseException exception) {
      throw value.wrong("a UTC time like 2030-01-31T00:00:00Z");
    }
  }
}
