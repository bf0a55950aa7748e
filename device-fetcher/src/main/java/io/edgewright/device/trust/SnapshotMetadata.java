package io.edgewright.device.trust;

import io.edgewright.device.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The version of every targets file, so that no two of different times can be combined. */
record SnapshotMetadata(Envelope envelope, Map<String, FileReference> files) {

  static SnapshotMetadata read(byte[] raw) {
    Envelope envelope = Envelope.read(raw, "snapshot", "snapshot");
    return new SnapshotMetadata(
        envelope, envelope.content(signed -> readFiles(signed.require("meta"))));
  }

  long version() {
    return envelope.version();
  }

  Optional<FileReference> reference(String role) {
    return Optional.ofNullable(files.get(role + ".json"));
  }

  /** Refuses a successor that lost a file or lists an older one. */
  void checkSuccessor(SnapshotMetadata newer) {
    if (newer.version() < version()) {
      throw Refusal.rollback("snapshot", "version " + newer.version(), "at least " + version());
    }
    files.forEach((file, known) -> {
      FileReference listed = newer.files.get(file);
      if (listed == null || listed.version() < known.version()) {
        throw Refusal.rollback(
            "snapshot",
            "`" + file + "` " + (listed == null ? "gone" : "version " + listed.version()),
            "at least version " + known.version());
      }
    });
  }

  private static Map<String, FileReference> readFiles(JsonValue meta) {
    Map<String, FileReference> files = new HashMap<>();
    meta.fields().forEach((name, reference) -> files.put(name, FileReference.read(reference)));
    return Map.copyOf(files);
  }
}
