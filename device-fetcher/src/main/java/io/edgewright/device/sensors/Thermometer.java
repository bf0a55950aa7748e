package io.edgewright.device.sensors;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The temperature of the processor: its hottest zone. */
record Thermometer(Sysfs sysfs) {
  private static final Pattern ZONE =
      Pattern.compile("(?i).*(cpu|soc|pkg|core).*"); // thermal zones and hwmon chips alike

  /** In degrees Celsius; that of any zone where none says that it is the processor's. */
  OptionalDouble celsius() {
    return Stream.<Predicate<String>>of(
            ZONE.asMatchPredicate(), name -> name.equals("k10temp"), name -> true)
        .map(this::hottest)
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  private OptionalDouble hottest(Predicate<String> isWanted) {
    Stream<Path> zones =
        sysfs.entries("class/thermal", "thermal_zone*").stream()
            .filter(zone -> isWanted.test(sysfs.text(zone.resolve("type")).orElse("")))
            .map(zone -> zone.resolve("temp"));
    Stream<Path> chips =
        sysfs.entries("class/hwmon", "hwmon*").stream()
            .filter(chip -> isWanted.test(sysfs.text(chip.resolve("name")).orElse("")))
            .map(chip -> sysfs.entries(chip, "temp*_input"))
            .flatMap(List::stream);
    return Stream.concat(zones, chips)
        .map(sysfs::number)
        .filter(OptionalLong::isPresent)
        .mapToDouble(millidegrees -> millidegrees.getAsLong() / 1000.0)
        // Sensors that are not wired up tell the absolute zero or worse.
        .filter(celsius -> celsius > -60 && celsius < 200)
        .max();
  }
}
