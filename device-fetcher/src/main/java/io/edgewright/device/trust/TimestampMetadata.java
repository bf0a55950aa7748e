package io.edgewright.device.trust;

/** Says which snapshot is the newest; short-lived, so that an old state cannot be kept up. */
record TimestampMetadata(Envelope envelope, FileReference snapshot) {

  static TimestampMetadata read(byte[] raw) {
    Envelope envelope = Envelope.read(raw, "timestamp", "timestamp");
    return new TimestampMetadata(
        envelope,
        envelope.content(
            signed -> FileReference.read(signed.require("meta").require("snapshot.json"))));
  }

  long version() {
    return envelope.version();
  }
}
