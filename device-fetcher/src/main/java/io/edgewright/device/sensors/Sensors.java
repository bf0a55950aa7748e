package io.edgewright.device.sensors;

import io.edgewright.device.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Everything that this machine can tell of itself. */
public final class Sensors {
  private final Sysfs sysfs;
  private final Thermometer thermometer;
  private final ThrottleGauge throttle;

  public Sensors(Sysfs sysfs) {
    this.sysfs = sysfs;
    this.thermometer = new Thermometer(sysfs);
    this.throttle = new ThrottleGauge(sysfs);
  }

  public static Sensors ofThisMachine() {
    return new Sensors(Sysfs.ofThisMachine());
  }

  /** Of the processor, in degrees Celsius; empty where no sensor tells. */
  public OptionalDouble celsius() {
    return thermometer.celsius();
  }

  /** Whether the processor is held back just now; empty where nothing tells. */
  public Optional<Boolean> throttled() {
    return throttle.read().throttled();
  }

  /** How often the processor has throttled itself: a larger number later means that it has. */
  public long throttleEvents() {
    return throttle.read().events();
  }

  public List<String> throttleReasons() {
    return throttle.read().reasons();
  }

  public EnergyMeter energy() {
    return new EnergyMeter(sysfs);
  }

  /** The clock of the fastest core. */
  public OptionalLong megahertz() {
    return sysfs.entries("devices/system/cpu/cpufreq", "policy*").stream()
        .map(policy -> sysfs.number(policy.resolve("scaling_cur_freq")))
        .flatMapToLong(OptionalLong::stream)
        .max()
        .stream()
        .map(kilohertz -> kilohertz / 1000)
        .findFirst();
  }

  /** For reports; null where something is not known. */
  public Map<String, Object> state() {
    ThrottleGauge.State now = throttle.read();
    Map<String, Object> state = new LinkedHashMap<>();
    OptionalDouble celsius = celsius();
    OptionalLong megahertz = megahertz();
    state.put("celsius", celsius.isPresent() ? celsius.getAsDouble() : JsonText.NULL);
    state.put("throttled", now.throttled().map(Object.class::cast).orElse(JsonText.NULL));
    state.put("throttleReasons", now.reasons());
    state.put("megahertz", megahertz.isPresent() ? megahertz.getAsLong() : JsonText.NULL);
    return state;
  }
}
