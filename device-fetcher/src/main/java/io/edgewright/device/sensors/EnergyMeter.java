package io.edgewright.device.sensors;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Measures energy: the counters of RAPL packages, else energy counters of hwmon chips, else power
 * sensors of hwmon chips times the time between two looks at them. What a sensor sees is its own: a
 * package without the memory, or a whole board.
 */
public final class EnergyMeter {
  private static final double MICRO = 1e-6;

  /**
   * One counter in microjoules.
   *
   * @param range where it begins again at 0
   */
  private record Counter(Path file, OptionalLong range) {}

  private final Sysfs sysfs;
  private final List<Counter> counters;
  private final List<Path> powers;
  private final String source;

  private long[] counts = new long[0];
  private long lookedAtNanos;
  private double watts;

  EnergyMeter(Sysfs sysfs) {
    this.sysfs = sysfs;
    List<Counter> packages = packages(sysfs);
    List<Counter> chips = packages.isEmpty() ? chipCounters(sysfs) : packages;
    this.counters = readable(sysfs, chips);
    this.powers = counters.isEmpty() ? powers(sysfs) : List.of();
    this.source = source(packages);
    start(0);
  }

  private String source(List<Counter> packages) {
    if (!counters.isEmpty()) {
      return packages.isEmpty() ? "hwmon energy counter" : "RAPL";
    }
    if (!powers.isEmpty()) {
      return "hwmon power sensor";
    }
    return packages.isEmpty()
        ? "no power sensor below " + sysfs.root()
        : "the energy counters below " + sysfs.path("class/powercap") + " are not readable";
  }

  /** Whether anything can be measured. */
  public boolean isThere() {
    return !counters.isEmpty() || !powers.isEmpty();
  }

  /** What measures, or why nothing does. */
  public String source() {
    return source;
  }

  /** Begins to measure at a time of {@link System#nanoTime}. */
  public void start(long nanos) {
    counts = counters.stream().mapToLong(this::count).toArray();
    lookedAtNanos = nanos;
    watts = power();
  }

  /** Joules since the last call of this or of {@link #start}; empty where nothing measures. */
  public OptionalDouble joules(long nanos) {
    if (!isThere()) {
      return OptionalDouble.empty();
    }
    double joules = powers.isEmpty() ? counted() : powered(nanos);
    lookedAtNanos = nanos;
    return OptionalDouble.of(joules);
  }

  private double counted() {
    double joules = 0;
    for (int index = 0; index < counts.length; index++) {
      long now = count(counters.get(index));
      long more = now - counts[index];
      if (more < 0) {
        more += counters.get(index).range().orElse(-more);
      }
      joules += more * MICRO;
      counts[index] = now;
    }
    return joules;
  }

  /** The mean of the power now and at the last look. */
  private double powered(long nanos) {
    double before = watts;
    watts = power();
    double seconds = Duration.ofNanos(nanos - lookedAtNanos).toNanos() / 1e9;
    return (before + watts) / 2 * seconds;
  }

  private long count(Counter counter) {
    return sysfs.number(counter.file()).orElse(0);
  }

  private double power() {
    return powers.stream().mapToLong(file -> sysfs.number(file).orElse(0)).sum() * MICRO;
  }

  /** Whole packages; their parts (core, uncore) would be counted twice. */
  private static List<Counter> packages(Sysfs sysfs) {
    List<Counter> packages = new ArrayList<>();
    for (Path zone : sysfs.entries("class/powercap", "intel-rapl:*")) {
      boolean isWhole = zone.getFileName().toString().matches("intel-rapl:\\d+");
      String name = sysfs.text(zone.resolve("name")).orElse("");
      if (isWhole && name.startsWith("package")) {
        packages.add(
            new Counter(
                zone.resolve("energy_uj"), sysfs.number(zone.resolve("max_energy_range_uj"))));
      }
    }
    return packages;
  }

  private static List<Counter> chipCounters(Sysfs sysfs) {
    return sysfs.entries("class/hwmon", "hwmon*").stream()
        .map(chip -> sysfs.entries(chip, "energy*_input"))
        .flatMap(List::stream)
        .map(file -> new Counter(file, OptionalLong.empty()))
        .toList();
  }

  private static List<Counter> readable(Sysfs sysfs, List<Counter> counters) {
    boolean all = counters.stream().allMatch(counter -> sysfs.number(counter.file()).isPresent());
    return all ? counters : List.of();
  }

  /** One sensor a chip: the first, which is the chip's whole where there are several. */
  private static List<Path> powers(Sysfs sysfs) {
    return sysfs.entries("class/hwmon", "hwmon*").stream()
        .map(chip ->
            sysfs.entries(chip, "power*_{input,average}").stream()
                .filter(file -> sysfs.number(file).isPresent())
                .findFirst())
        .flatMap(Optional::stream)
        .toList();
  }
}
