package io.edgewright.device.sensors;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel's limits of the processor's clock, which only root, or a rule of udev, may set. */
public final class ClockKnobs {
  private static final String FASTEST = "scaling_max_freq";

  private final Sysfs sysfs;
  private final Map<Path, String> before = new LinkedHashMap<>();

  public ClockKnobs(Sysfs sysfs) {
    this.sysfs = sysfs;
  }

  /**
   * Limits every core, as near as its hardware allows.
   *
   * @return why that is not possible, if it is not
   */
  public Optional<String> limit(long megahertz) {
    List<Path> policies = sysfs.entries("devices/system/cpu/cpufreq", "policy*");
    if (policies.isEmpty()) {
      return Optional.of("the kernel shows no cpufreq");
    }
    for (Path policy : policies) {
      long least = sysfs.number(policy.resolve("cpuinfo_min_freq")).orElse(0);
      long most = sysfs.number(policy.resolve("cpuinfo_max_freq")).orElse(Long.MAX_VALUE);
      long wanted = Math.min(most, Math.max(least, megahertz * 1000));
      Path knob = policy.resolve(FASTEST);
      Optional<String> old = sysfs.text(knob);
      if (old.isEmpty() || !sysfs.write(knob, Long.toString(wanted))) {
        restore();
        return Optional.of("`" + knob + "` cannot be written by this user");
      }
      before.putIfAbsent(knob, old.get());
    }
    return Optional.empty();
  }

  /** Puts back what was there before the first limit. */
  public void restore() {
    before.forEach(sysfs::write);
    before.clear();
  }
}
