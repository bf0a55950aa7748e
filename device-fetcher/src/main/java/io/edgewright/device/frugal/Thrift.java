package io.edgewright.device.frugal;

import io.edgewright.device.bundle.RunSettings;
import io.edgewright.device.bundle.RunSettings.Limits;
import io.edgewright.device.run.Sparing;
import io.edgewright.device.sensors.ClockKnobs;
import io.edgewright.device.sensors.EnergyMeter;
import io.edgewright.device.sensors.Sensors;
import io.edgewright.device.sensors.Sysfs;
import io.edgewright.device.transport.Patience;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Spares the device while a model runs: waits before a frame as long as a limit of the bundle asks,
 * and measures what each frame costs. A limit that cannot be kept here is told once.
 */
public final class Thrift implements Sparing, AutoCloseable {
  private static final Duration COOLING = Duration.ofSeconds(5);

  private final Sensors sensors;
  private final EnergyMeter energy;
  private final ClockCap clock;
  private final PowerAllowance allowance = new PowerAllowance();
  private final RunDiary diary;
  private final Patience.Pause pause;
  private final LongSupplier nanos;
  private final Consumer<String> say;
  private final Set<String> said = new HashSet<>();

  private long lookedAt;
  private long began;

  public Thrift(
      Sysfs sysfs, RunDiary diary, Patience.Pause pause, LongSupplier nanos, Consumer<String> say) {
    this.sensors = new Sensors(sysfs);
    this.energy = sensors.energy();
    this.clock = new ClockCap(new ClockKnobs(sysfs), say);
    this.diary = diary;
    this.pause = pause;
    this.nanos = nanos;
    this.say = say;
    lookedAt = nanos.getAsLong();
    energy.start(lookedAt);
  }

  @Override
  public void admit(RunSettings run) {
    Limits limits = run.limits();
    clock.hold(limits.maximumMegahertz());
    limits.maximumCelsius().ifPresent(this::coolDown);
    limits.maximumWatts().ifPresent(this::saveUp);
  }

  @Override
  public void begin() {
    Duration rested = since(lookedAt);
    look().ifPresent(joules -> allowance.rested(joules, rested));
    began = lookedAt;
  }

  @Override
  public void end() {
    Duration busy = since(began);
    OptionalDouble joules = look();
    joules.ifPresent(spent -> allowance.spent(spent, busy));
    diary.frame(busy, joules, sensors);
  }

  private Duration since(long moment) {
    return Duration.ofNanos(nanos.getAsLong() - moment);
  }

  /** Energy since the last look. */
  private OptionalDouble look() {
    lookedAt = nanos.getAsLong();
    return energy.joules(lookedAt);
  }

  private void coolDown(double maximum) {
    OptionalDouble celsius = sensors.celsius();
    if (celsius.isEmpty()) {
      sayOnce("the limit of " + maximum + " °C is not kept: no sensor tells the temperature");
    }
    while (celsius.orElse(0) > maximum && !Thread.currentThread().isInterrupted()) {
      sayOnce("waiting until the processor is not hotter than " + maximum + " °C");
      pause.sleep(COOLING);
      celsius = sensors.celsius();
    }
  }

  private void saveUp(double maximum) {
    if (!energy.isThere()) {
      sayOnce("the limit of " + maximum + " W is not kept: " + energy.source());
      return;
    }
    Duration wait = allowance.pause(maximum);
    while (!wait.isZero() && !Thread.currentThread().isInterrupted()) {
      long from = nanos.getAsLong();
      pause.sleep(wait);
      Duration rested = since(from);
      allowance.rested(look().orElse(0), rested);
      if (allowance.isHopeless(maximum)) {
        sayOnce("the limit of " + maximum + " W is not kept: the device draws more at rest");
        return;
      }
      wait = allowance.pause(maximum);
    }
  }

  private void sayOnce(String sentence) {
    if (said.add(sentence)) {
      say.accept(sentence);
    }
  }

  /** Puts the clock back and writes the diary. */
  @Override
  public void close() {
    clock.close();
    diary.close();
  }
}
