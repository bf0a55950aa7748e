package io.edgewright.device.frugal;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes and wakes of the radio on the last days, in UTC. A radio stays up about ten seconds after
 * an exchange; what comes later wakes it anew.
 */
public final class TrafficDiary {
  private static final Duration AWAKE = Duration.ofSeconds(10);
  private static final int MOST_DAYS = 8;
  private static final int MOST_BYTES = 64 << 10;
  private static final byte[] NO_DAYS = JsonText.bytes(Map.of("days", List.of()));
  private static final long UNSAVED_BYTES = 64 << 10;

  /** What one day cost. */
  public record Day(String date, long wakes, long requests, long bytesSent, long bytesReceived) {
    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("day", date);
      fields.put("wakes", wakes);
      fields.put("requests", requests);
      fields.put("bytesSent", bytesSent);
      fields.put("bytesReceived", bytesReceived);
      return fields;
    }

    private static Day read(JsonValue day) {
      return new Day(
          day.require("day").text(),
          count(day, "wakes"),
          count(day, "requests"),
          count(day, "bytesSent"),
          count(day, "bytesReceived"));
    }

    private static long count(JsonValue day, String name) {
      return day.require(name).integer(0, Long.MAX_VALUE);
    }

    private Day plus(long moreWakes, long moreRequests, long sent, long received) {
      return new Day(
          date,
          wakes + moreWakes,
          requests + moreRequests,
          bytesSent + sent,
          bytesReceived + received);
    }
  }

  private final Disk disk;
  private final Path file;
  private final InstantSource clock;
  private final List<Day> days;
  private String healthOn;
  private Instant lastExchange = Instant.EPOCH;
  private long unsaved;

  public TrafficDiary(Disk disk, Path file, InstantSource clock) {
    this.disk = disk;
    this.file = file;
    this.clock = clock;
    List<Day> read = new ArrayList<>();
    String health = "";
    try {
      JsonValue root =
          JsonText.parse(
              SmallFile.read(disk, file, MOST_BYTES).orElse(NO_DAYS.clone()), "traffic.json");
      root.require("days").items().forEach(day -> read.add(Day.read(day)));
      health = root.find("healthOn").map(JsonValue::text).orElse("");
    } catch (JsonException exception) {
      read.clear(); // counting begins anew; nothing else depends on it
    }
    this.days = read;
    this.healthOn = health;
  }

  /** A request goes out. */
  void sent(long bytes) {
    Instant now = clock.instant();
    boolean wakes = Duration.between(lastExchange, now).abs().compareTo(AWAKE) > 0;
    lastExchange = now;
    add(wakes ? 1 : 0, 1, bytes, 0);
  }

  /** Part of an answer has come. */
  void received(long bytes) {
    lastExchange = clock.instant();
    add(0, 0, 0, bytes);
  }

  private void add(long wakes, long requests, long bytesSent, long bytesReceived) {
    String today = today();
    int last = days.size() - 1;
    if (last < 0 || !days.get(last).date().equals(today)) {
      days.add(new Day(today, 0, 0, 0, 0));
      last++;
    }
    days.set(last, days.get(last).plus(wakes, requests, bytesSent, bytesReceived));
    while (days.size() > MOST_DAYS) {
      days.remove(0);
    }
    unsaved += bytesSent + bytesReceived;
    if (unsaved >= UNSAVED_BYTES) {
      save();
    }
  }

  private String today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
  }

  /** True once a day: whoever asks first tells the service how this device is. */
  public boolean claimHealthOfToday() {
    boolean isDue = !healthOn.equals(today());
    healthOn = today();
    return isDue;
  }

  /** Newest last. */
  public List<Map<String, Object>> fields() {
    return days.stream().map(Day::fields).toList();
  }

  /** Written at the end of a wake, and after every 64 kB of a long one. */
  public void save() {
    unsaved = 0;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("days", fields());
    fields.put("healthOn", healthOn);
    SmallFile.replace(disk, file, JsonText.bytes(fields), Disk.Access.SHARED);
  }
}
