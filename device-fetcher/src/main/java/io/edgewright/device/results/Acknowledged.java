package io.edgewright.device.results;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the service has the records, and what sending them has cost.
 *
 * @param sequence every record up to this number needs no longer be kept
 * @param day of the last request, in UTC
 * @param bytes of all requests on that day
 */
record Acknowledged(long sequence, String day, long bytes) {
  static final Acknowledged NOTHING = new Acknowledged(0, "", 0);
  private static final int MOST_BYTES = 4096;

  /** A file that cannot be read is as good as none: what is sent again is not kept twice. */
  static Acknowledged read(Disk disk, Path folder) {
    try {
      return SmallFile.read(disk, file(folder), MOST_BYTES)
          .map(json -> JsonText.parse(json, "acknowledged.json"))
          .map(Acknowledged::of)
          .orElse(NOTHING);
    } catch (JsonException exception) {
      return NOTHING;
    }
  }

  private static Acknowledged of(JsonValue root) {
    return new Acknowledged(
        root.require("sequence").integer(0, Long.MAX_VALUE),
        root.require("day").text(),
        root.require("bytes").integer(0, Long.MAX_VALUE));
  }

  void save(Disk disk, Path folder) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sequence", sequence);
    fields.put("day", day);
    fields.put("bytes", bytes);
    SmallFile.replace(disk, file(folder), JsonText.bytes(fields), Disk.Access.SHARED);
  }

  long bytesOn(LocalDate today) {
    return day.equals(today.toString()) ? bytes : 0;
  }

  Acknowledged spending(long more, LocalDate today) {
    return new Acknowledged(sequence, today.toString(), bytesOn(today) + more);
  }

  Acknowledged upTo(long number) {
    return new Acknowledged(Math.max(sequence, number), day, bytes);
  }

  private static Path file(Path folder) {
    return folder.resolve("acknowledged.json");
  }
}
