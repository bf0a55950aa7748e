package io.edgewright.device.sensors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Whether something holds the processor back. */
record ThrottleGauge(Sysfs sysfs) {
  private static final String FIRMWARE = "devices/platform/soc/soc:firmware/get_throttled";
  private static final List<String> FIRMWARE_BITS =
      List.of("under-voltage", "frequency capped", "throttled", "soft temperature limit");
  private static final Pattern PROCESSOR = Pattern.compile("(?i).*(processor|cpu).*");

  /**
   * What is known at one moment.
   *
   * @param reasons what holds the processor back just now
   * @param events how often the processor throttled itself since it was switched on
   * @param isKnown whether anything tells
   */
  record State(List<String> reasons, long events, boolean isKnown) {
    State {
      reasons = List.copyOf(reasons);
    }

    /** Empty where nothing tells. */
    Optional<Boolean> throttled() {
      return isKnown ? Optional.of(!reasons.isEmpty()) : Optional.empty();
    }
  }

  State read() {
    List<String> reasons = new ArrayList<>();
    boolean isKnown = firmware(reasons);
    isKnown |= coolers(reasons);
    OptionalLong events = events();
    return new State(reasons, events.orElse(0), isKnown || events.isPresent());
  }

  /** A Raspberry Pi's own word; bits from 16 on are about the past. */
  private boolean firmware(List<String> reasons) {
    OptionalLong bits = hexadecimal(sysfs.path(FIRMWARE));
    for (int bit = 0; bit < FIRMWARE_BITS.size(); bit++) {
      if ((bits.orElse(0) >> bit & 1) == 1) {
        reasons.add(FIRMWARE_BITS.get(bit));
      }
    }
    return bits.isPresent();
  }

  private OptionalLong hexadecimal(Path file) {
    return sysfs
        .text(file)
        .map(text -> text.replaceFirst("^0x", ""))
        .filter(text -> text.matches("[0-9a-fA-F]{1,8}"))
        .map(text -> OptionalLong.of(Long.parseLong(text, 16)))
        .orElse(OptionalLong.empty());
  }

  /** The kernel's cooling devices that slow the processor down. */
  private boolean coolers(List<String> reasons) {
    boolean isKnown = false;
    for (Path cooler : sysfs.entries("class/thermal", "cooling_device*")) {
      String type = sysfs.text(cooler.resolve("type")).orElse("");
      OptionalLong state = sysfs.number(cooler.resolve("cur_state"));
      if (PROCESSOR.matcher(type).matches() && state.isPresent()) {
        isKnown = true;
        if (state.getAsLong() > 0) {
          reasons.add("cooled by " + type);
        }
      }
    }
    return isKnown;
  }

  private OptionalLong events() {
    return sysfs.entries("devices/system/cpu", "cpu[0-9]*").stream()
        .map(cpu -> sysfs.number(cpu.resolve("thermal_throttle/core_throttle_count")))
        .flatMapToLong(OptionalLong::stream)
        .reduce(Long::sum);
  }
}
