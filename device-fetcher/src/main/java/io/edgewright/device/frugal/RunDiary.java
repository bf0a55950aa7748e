package io.edgewright.device.frugal;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.sensors.Sensors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the running model costs, in a small file that {@code status} and reports read. It is written
 * once a minute: flash wears.
 */
public final class RunDiary implements AutoCloseable {
  private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 64 << 10;

  private final Disk disk;
  private final Path file;
  private final InstantSource clock;
  private final String energySource;
  private final Instant since;

  private Instant written;
  private Instant looked = Instant.EPOCH;
  private long frames;
  private Duration busy = Duration.ZERO;
  private double joules;
  private long measuredFrames;
  private OptionalDouble hottest = OptionalDouble.empty();
  private boolean wasThrottled;

  public RunDiary(Disk disk, Path file, InstantSource clock, Sensors sensors) {
    this.disk = disk;
    this.file = file;
    this.clock = clock;
    this.energySource = sensors.energy().source();
    this.since = clock.instant();
    this.written = since;
  }

  void frame(Duration time, OptionalDouble spent, Sensors sensors) {
    frames++;
    busy = busy.plus(time);
    if (spent.isPresent()) {
      joules += spent.getAsDouble();
      measuredFrames++;
    }
    Instant now = clock.instant();
    if (Duration.between(looked, now).abs().compareTo(BETWEEN_LOOKS) >= 0) {
      looked = now;
      look(sensors);
    }
    if (Duration.between(written, now).abs().compareTo(BETWEEN_WRITES) >= 0) {
      write(now);
    }
  }

  private void look(Sensors sensors) {
    OptionalDouble celsius = sensors.celsius();
    if (celsius.isPresent() && celsius.getAsDouble() > hottest.orElse(-1000)) {
      hottest = celsius;
    }
    wasThrottled |= sensors.throttled().orElse(false);
  }

  private void write(Instant now) {
    written = now;
    SmallFile.replace(disk, file, JsonText.bytes(fields(now)), Disk.Access.SHARED);
  }

  private Map<String, Object> fields(Instant now) {
    double seconds = Math.max(1e-9, Duration.between(since, now).toNanos() / 1e9);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("since", since.toString());
    fields.put("until", now.toString());
    fields.put("frames", frames);
    fields.put("busyPercent", Math.min(100, 100 * busy.toNanos() / 1e9 / seconds));
    fields.put("meanMillisPerFrame", frames == 0 ? 0.0 : busy.toNanos() / 1e6 / frames);
    fields.put("hottestCelsius", hottest.isPresent() ? hottest.getAsDouble() : JsonText.NULL);
    fields.put("wasThrottled", wasThrottled);
    fields.put(
        "millijoulesPerInference",
        measuredFrames == 0 ? JsonText.NULL : 1000 * joules / measuredFrames);
    fields.put("energy", measuredFrames == 0 ? "not measured: " + energySource : energySource);
    return fields;
  }

  @Override
  public void close() {
    if (frames == 0) {
      return;
    }
    try {
      write(clock.instant());
    } catch (DeviceException exception) {
      // A diary that cannot be written is no reason to fail.
    }
  }

  /** What the last run wrote; empty where none has run. */
  public static Map<String, Object> read(Disk disk, Path file) {
    Map<String, Object> fields = new LinkedHashMap<>();
    try {
      SmallFile.read(disk, file, MOST_BYTES)
          .map(json -> JsonText.parse(json, "run.json"))
          .ifPresent(run -> run.fields().forEach((name, value) -> fields.put(name, value.value())));
    } catch (JsonException exception) {
      fields.clear();
    }
    return fields;
  }
}
