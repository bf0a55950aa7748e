package io.edgewright.device.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorsTest {
  private static final String ZONE = "class/thermal/thermal_zone";
  private static final String THROTTLED = "devices/platform/soc/soc:firmware/get_throttled";
  private static final String RAPL = "class/powercap/intel-rapl:";

  @TempDir Path root;

  private Sensors sensors() {
    return new Sensors(new Sysfs(root));
  }

  private void put(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text + "\n");
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  @Test
  void knowsNothingOfAMachineThatTellsNothing() {
    assertThat(sensors().celsius()).isEmpty();
    assertThat(sensors().throttled()).isEmpty();
    assertThat(sensors().megahertz()).isEmpty();
    assertThat(sensors().energy().isThere()).isFalse();
    assertThat(sensors().energy().joules(5)).isEqualTo(OptionalDouble.empty());
    assertThat(sensors().energy().source()).contains("no power sensor");
  }

  @Test
  void takesTheHottestZoneOfTheProcessor() {
    put(ZONE + "0/type", "battery");
    put(ZONE + "0/temp", "99000");
    put(ZONE + "1/type", "cpu-thermal");
    put(ZONE + "1/temp", "48312");
    put("class/hwmon/hwmon0/name", "coretemp");
    put("class/hwmon/hwmon0/temp1_input", "51000");
    put("class/hwmon/hwmon0/temp2_input", "-274000");

    assertThat(sensors().celsius()).hasValue(51);
  }

  @Test
  void takesAnyZoneWhereNoneIsCalledTheProcessors() {
    put(ZONE + "0/type", "acpitz");
    put(ZONE + "0/temp", "40000");

    assertThat(sensors().celsius()).hasValue(40);
  }

  @Test
  void readsTheFirmwaresWordOnARaspberryPi() {
    put(THROTTLED, "0");
    assertThat(sensors().throttled()).contains(false);
    put(THROTTLED, "50005");
    assertThat(sensors().throttled()).contains(true);
    assertThat(sensors().throttleReasons()).isEqualTo(List.of("under-voltage", "throttled"));
    put(THROTTLED, "0x50000"); // only in the past
    assertThat(sensors().throttled()).contains(false);
  }

  @Test
  void readsCoolingDevicesAndEventsOfOtherMachines() {
    put("class/thermal/cooling_device0/type", "thermal-cpufreq-0");
    put("class/thermal/cooling_device0/cur_state", "0");
    put("class/thermal/cooling_device1/type", "Fan");
    put("class/thermal/cooling_device1/cur_state", "3");
    assertThat(sensors().throttled()).contains(false);
    put("class/thermal/cooling_device0/cur_state", "2");
    assertThat(sensors().throttled()).contains(true);
    put("devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "3");
    put("devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "4");
    assertThat(sensors().throttleEvents()).isEqualTo(7);
  }

  @Test
  void addsThePackagesAndNoneOfTheirParts() {
    put(RAPL + "0/name", "package-0");
    put(RAPL + "0/energy_uj", "1000000");
    put(RAPL + "0/max_energy_range_uj", "5000000");
    put(RAPL + "0:0/name", "core");
    put(RAPL + "0:0/energy_uj", "500000");
    put(RAPL + "1/name", "package-1");
    put(RAPL + "1/energy_uj", "4000000");
    put(RAPL + "1/max_energy_range_uj", "5000000");
    EnergyMeter meter = sensors().energy();
    meter.start(0);
    put(RAPL + "0/energy_uj", "1500000");
    put(RAPL + "0:0/energy_uj", "900000");
    put(RAPL + "1/energy_uj", "250000"); // past the end of its range

    assertThat(meter.source()).isEqualTo("RAPL");
    assertThat(meter.joules(1).getAsDouble()).isEqualTo(0.5 + 1.25);
    assertThat(meter.joules(2)).hasValue(0);
  }

  @Test
  void integratesAPowerSensor() {
    put("class/hwmon/hwmon3/name", "ina231");
    put("class/hwmon/hwmon3/power1_input", "2000000");
    EnergyMeter meter = sensors().energy();
    meter.start(0);
    put("class/hwmon/hwmon3/power1_input", "4000000");

    assertThat(meter.joules(500_000_000).getAsDouble()).isEqualTo(1.5);
    assertThat(meter.source()).isEqualTo("hwmon power sensor");
  }

  @Test
  void prefersAnEnergyCounterToAPowerSensor() {
    put("class/hwmon/hwmon3/power1_input", "2000000");
    put("class/hwmon/hwmon3/energy1_input", "100");
    EnergyMeter meter = sensors().energy();
    put("class/hwmon/hwmon3/energy1_input", "1000100");

    assertThat(meter.joules(500_000_000)).hasValue(1);
  }

  @Test
  void saysWhatAMachineIsLike() {
    put("devices/system/cpu/cpufreq/policy0/scaling_cur_freq", "600000");
    put("devices/system/cpu/cpufreq/policy4/scaling_cur_freq", "1500000");
    put(ZONE + "0/temp", "40000");

    assertThat(sensors().megahertz()).isEqualTo(OptionalLong.of(1500));
    assertThat(sensors().state())
        .containsEntry("celsius", 40.0)
        .containsEntry("throttled", JsonText.NULL);
  }

  @Test
  void limitsTheClockAndPutsItBack() throws IOException {
    String policy = "devices/system/cpu/cpufreq/policy0/";
    put(policy + "cpuinfo_min_freq", "600000");
    put(policy + "cpuinfo_max_freq", "1800000");
    put(policy + "scaling_max_freq", "1700000");
    ClockKnobs knobs = new ClockKnobs(new Sysfs(root));

    assertThat(knobs.limit(1000)).isEmpty();
    assertThat(Files.readString(root.resolve(policy + "scaling_max_freq"))).isEqualTo("1000000");
    assertThat(knobs.limit(1)).isEmpty();
    assertThat(Files.readString(root.resolve(policy + "scaling_max_freq"))).isEqualTo("600000");
    knobs.restore();
    assertThat(Files.readString(root.resolve(policy + "scaling_max_freq"))).isEqualTo("1700000");
  }

  @Test
  void saysWhyTheClockCannotBeLimited() throws IOException {
    assertThat(new ClockKnobs(new Sysfs(root)).limit(5)).contains("the kernel shows no cpufreq");
    Files.createDirectories(
        root.resolve("devices/system/cpu/cpufreq/policy0/scaling_max_freq")); // no file at all
    Optional<String> problem = new ClockKnobs(new Sysfs(root)).limit(5);

    assertThat(problem.orElseThrow()).contains("cannot be written");
  }
}
