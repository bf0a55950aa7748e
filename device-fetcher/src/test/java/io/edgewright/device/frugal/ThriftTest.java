package io.edgewright.device.frugal;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.bundle.RunSettings;
import io.edgewright.device.bundle.RunSettings.Limits;
import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.sensors.Sensors;
import io.edgewright.device.sensors.Sysfs;
import io.edgewright.device.testing.TufPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine of files, whose time passes only while somebody sleeps or computes. */
class ThriftTest {
  private static final String TEMPERATURE = "sys/class/thermal/thermal_zone0/temp";
  private static final String POWER = "sys/class/powercap/intel-rapl:0/";
  private static final double IDLE_WATTS = 1;

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private long nanos;
  private double joules;
  private double celsius;
  private boolean hasMeter;

  private Thrift thrift() {
    Sysfs sysfs = new Sysfs(folder.resolve("sys"));
    RunDiary diary =
        new RunDiary(new LocalDisk(), folder.resolve("run.json"), this::now, new Sensors(sysfs));
    return new Thrift(sysfs, diary, this::sleep, () -> nanos, said::add);
  }

  private Instant now() {
    return TufPublisher.NOW.plusNanos(nanos);
  }

  private void sleep(Duration pause) {
    pauses.add(pause);
    pass(pause, IDLE_WATTS);
    celsius -= 4;
    publish();
  }

  private void pass(Duration time, double watts) {
    nanos += time.toNanos();
    joules += watts * time.toNanos() / 1e9;
    publish();
  }

  private void publish() {
    put(TEMPERATURE, Long.toString((long) (celsius * 1000)));
    if (hasMeter) {
      put(POWER + "name", "package-0");
      put(POWER + "energy_uj", Long.toString((long) (joules * 1e6)));
    }
  }

  private void put(String file, String text) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), text);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static RunSettings limited(OptionalDouble celsius, OptionalDouble watts) {
    return new RunSettings(
        OptionalLong.empty(),
        1,
        new Limits(celsius, OptionalLong.empty(), watts),
        Optional.empty());
  }

  private JsonValue diary() {
    return new JsonValue("run", RunDiary.read(new LocalDisk(), folder.resolve("run.json")));
  }

  private void frame(Thrift thrift, RunSettings settings) {
    thrift.admit(settings);
    thrift.begin();
    pass(Duration.ofMillis(500), 5);
    thrift.end();
  }

  @Test
  void waitsUntilTheProcessorHasCooledDown() {
    celsius = 81;
    publish();
    try (Thrift thrift = thrift()) {
      frame(thrift, limited(OptionalDouble.of(70), OptionalDouble.empty()));
    }

    assertThat(pauses).hasSize(3).containsOnly(Duration.ofSeconds(5));
    assertThat(said).hasSize(1).first().asString().contains("not hotter than 70.0 °C");
  }

  @Test
  void keepsAnAveragePowerByPauses() {
    hasMeter = true;
    publish();
    try (Thrift thrift = thrift()) {
      for (int frame = 0; frame < 20; frame++) {
        frame(thrift, limited(OptionalDouble.empty(), OptionalDouble.of(2)));
      }
      thrift.admit(limited(OptionalDouble.empty(), OptionalDouble.of(2)));
    }

    // 2.5 J a frame, 1 W at rest: 1.5 s of rest after each half second.
    assertThat(joules / (nanos / 1e9)).isBetween(1.8, 2.001);
    assertThat(said).isEmpty();
  }

  @Test
  void doesNotWaitForeverForLessThanTheDeviceDrawsAtRest() {
    hasMeter = true;
    publish();
    try (Thrift thrift = thrift()) {
      for (int frame = 0; frame < 3; frame++) {
        frame(thrift, limited(OptionalDouble.empty(), OptionalDouble.of(0.5)));
      }
    }

    assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofMinutes(1)) <= 0);
    assertThat(said).hasSize(1).first().asString().contains("draws more at rest");
  }

  @Test
  void saysOnceWhichLimitsItCannotKeep() {
    try (Thrift thrift = thrift()) {
      RunSettings all =
          new RunSettings(
              OptionalLong.empty(),
              1,
              new Limits(OptionalDouble.of(70), OptionalLong.of(600), OptionalDouble.of(2)),
              Optional.empty());
      thrift.admit(all);
      thrift.admit(all);
    }

    assertThat(said)
        .hasSize(3)
        .anyMatch(line -> line.contains("70.0 °C is not kept: no sensor"))
        .anyMatch(line -> line.contains("2.0 W is not kept: no power sensor"))
        .anyMatch(line -> line.contains("600 MHz is not held: the kernel shows no cpufreq"));
  }

  @Test
  void writesDownWhatAFrameCosts() {
    hasMeter = true;
    celsius = 50;
    publish();
    try (Thrift thrift = thrift()) {
      for (int frame = 0; frame < 4; frame++) {
        frame(thrift, limited(OptionalDouble.empty(), OptionalDouble.empty()));
        pass(Duration.ofMillis(1500), IDLE_WATTS);
      }
    }
    JsonValue diary = diary();

    assertThat(diary.require("frames").integer(0, 9)).isEqualTo(4);
    assertThat(diary.require("meanMillisPerFrame").decimal()).isEqualTo(500);
    assertThat(diary.require("busyPercent").decimal()).isEqualTo(25);
    assertThat(diary.require("millijoulesPerInference").decimal()).isBetween(2499.0, 2501.0);
    assertThat(diary.require("energy").text()).isEqualTo("RAPL");
    assertThat(diary.require("hottestCelsius").decimal()).isEqualTo(50);
  }

  @Test
  void saysThatEnergyIsNotMeasuredRatherThanNothing() {
    try (Thrift thrift = thrift()) {
      frame(thrift, limited(OptionalDouble.empty(), OptionalDouble.empty()));
    }
    JsonValue diary = diary();

    assertThat(diary.require("energy").text()).startsWith("not measured: no power sensor");
    assertThat(diary.find("millijoulesPerInference")).isEmpty();
  }
}
