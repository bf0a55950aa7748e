package io.edgewright.device.bench;

import io.edgewright.device.json.JsonText;
import io.edgewright.device.sensors.EnergyMeter;
import io.edgewright.device.sensors.Sensors;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Looks at the machine while something runs, a few times a second. */
final class Watch {
  private static final long BETWEEN_LOOKS_NANOS = 200_000_000;

  private final Sensors sensors;
  private final EnergyMeter energy;
  private final OptionalDouble before;
  private final long eventsBefore;
  private final Set<String> reasons = new LinkedHashSet<>();
  private Optional<Boolean> throttled;
  private OptionalDouble hottest;
  private double joules;
  private long lookedAt;

  Watch(Sensors sensors, long nanos) {
    this.sensors = sensors;
    this.before = sensors.celsius();
    this.hottest = before;
    this.eventsBefore = sensors.throttleEvents();
    this.throttled = sensors.throttled();
    this.energy = sensors.energy();
    this.lookedAt = nanos;
    reasons.addAll(sensors.throttleReasons());
    energy.start(nanos);
  }

  /** Looks again if it is time. */
  void glance(long nanos) {
    if (nanos - lookedAt >= BETWEEN_LOOKS_NANOS) {
      look(nanos);
    }
  }

  private void look(long nanos) {
    lookedAt = nanos;
    joules += energy.joules(nanos).orElse(0);
    OptionalDouble celsius = sensors.celsius();
    if (celsius.isPresent() && celsius.getAsDouble() > hottest.orElse(-1000)) {
      hottest = celsius;
    }
    reasons.addAll(sensors.throttleReasons());
    boolean more = !reasons.isEmpty() || sensors.throttleEvents() > eventsBefore;
    throttled = throttled.map(already -> already || more);
  }

  /** The last look, and all that was seen. */
  Map<String, Object> end(long nanos, int frames) {
    look(nanos);
    Map<String, Object> seen = new LinkedHashMap<>();
    Map<String, Object> temperature = new LinkedHashMap<>();
    temperature.put("beforeCelsius", orNull(before));
    temperature.put("maximumCelsius", orNull(hottest));
    seen.put("temperature", temperature);
    seen.put("throttled", throttled.map(Object.class::cast).orElse(JsonText.NULL));
    seen.put("throttleReasons", List.copyOf(reasons));
    Map<String, Object> spent = new LinkedHashMap<>();
    spent.put("millijoulesPerInference", energy.isThere() ? 1000 * joules / frames : JsonText.NULL);
    spent.put(energy.isThere() ? "source" : "notMeasured", energy.source());
    seen.put("energy", spent);
    return seen;
  }

  private static Object orNull(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : JsonText.NULL;
  }
}
