package io.edgewright.device.transport;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many bytes may be downloaded in one day (UTC). Kept on the disk, so that a restart does not
 * start the day over.
 *
 * <p>What is about to be asked for is written down before it is asked for: a process that dies in
 * the middle has spent all of it. So the budget can be missed by one range, but never exceeded.
 */
public final class DayBudget {
  /** Where nobody said anything: several of the larger bundles. */
  public static final long USUAL_BYTES_PER_DAY = 500_000_000;

  private static final int MOST_BYTES = 4096;

  private final Disk disk;
  private final Path file;
  private final long bytesPerDay;
  private final InstantSource clock;

  private long day;
  private long spent;
  private long written;

  /**
   * Reads what has been spent.
   *
   * @param clock never earlier than it can possibly be; going back a day would start a day over
   */
  public DayBudget(Disk disk, Path file, long bytesPerDay, InstantSource clock) {
    this.disk = disk;
    this.file = file;
    this.bytesPerDay = bytesPerDay;
    this.clock = clock;
    SmallFile.read(disk, file, MOST_BYTES).ifPresent(this::read);
  }

  public long bytesPerDay() {
    return bytesPerDay;
  }

  /** Sets bytes aside in place of what was set aside before; false where the day has too few. */
  boolean reserve(long bytes) {
    long today = Math.floorDiv(clock.instant().getEpochSecond(), 86_400L);
    if (today > day) {
      day = today;
      spent = 0;
    }
    if (bytes > bytesPerDay - spent) {
      return false;
    }
    write(spent + bytes);
    return true;
  }

  void spent(long bytes) {
    spent += bytes;
  }

  /** Gives back what was set aside and not spent. */
  void save() {
    if (written != spent) {
      write(spent);
    }
  }

  String words() {
    return spent + " bytes were spent today";
  }

  private void write(long bytes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("day", day);
    fields.put("bytes", bytes);
    SmallFile.replace(disk, file, JsonText.bytes(fields), Disk.Access.SHARED);
    written = bytes;
  }

  private void read(byte[] json) {
    try {
      JsonValue root = JsonText.parse(json, "budget.json");
      day = root.require("day").integer(0, Integer.MAX_VALUE);
      spent = root.require("bytes").integer(0, Long.MAX_VALUE);
      written = spent;
    } catch (JsonException exception) {
      // A disk that lost it lost one day's count; the bundle's own limit of twice its size holds.
    }
  }
}
