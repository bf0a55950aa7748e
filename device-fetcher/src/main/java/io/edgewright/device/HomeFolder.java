package io.edgewright.device;

import io.edgewright.device.bundle.ProcessorFeatures;
import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Store;
import io.edgewright.device.update.FlooredClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Opens the home folder that a command works in, and what of the machine every command needs. */
final class HomeFolder {
  private HomeFolder() {}

  static Store open(Arguments arguments, Console console) {
    Map<String, String> environment = console.environment();
    String folder =
        Stream.of(
                arguments.find("--home").orElse(""),
                environment.getOrDefault("EDGEWRIGHT_HOME", ""),
                environment.getOrDefault("STATE_DIRECTORY", ""))
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse(System.getProperty("user.home") + "/.edgewright-device");
    return new Store(new LocalDisk(), new Home(Path.of(folder).toAbsolutePath()));
  }

  static Enrolment enrolment(Store store) {
    return store
        .enrolment()
        .orElseThrow(() ->
            new DeviceException(
                DeviceErrorCode.NOT_ENROLLED,
                "home folder `" + store.home().folder() + "`",
                "no device is enrolled here",
                "the home folder of an enrolled device",
                "run `enroll`, or name another folder with `--home`"));
  }

  static DeviceKey key(Store store) {
    return store
        .key()
        .orElseThrow(() ->
            new DeviceException(
                DeviceErrorCode.HOME_DAMAGED,
                "home folder `" + store.home().folder() + "`",
                "an enrolment without a key",
                "both",
                "move the home folder away and enrol the device again with a new claim"));
  }

  static FlooredClock clock(Store store, Console console) {
    return new FlooredClock(store, buildTime(), console.clock());
  }

  /** Empty on a system without /proc: then every bundle that needs a feature is refused. */
  static ProcessorFeatures features() {
    try {
      return ProcessorFeatures.read(Files.readString(Path.of("/proc/cpuinfo")));
    } catch (IOException exception) {
      return ProcessorFeatures.read("");
    }
  }

  /** When this program was built; the same sources say the same. */
  private static Instant buildTime() {
    Properties build = new Properties();
    try (InputStream file = HomeFolder.class.getResourceAsStream("build.properties")) {
      build.load(file);
      return Instant.parse(build.getProperty("built"));
    } catch (IOException exception) {
      throw new IllegalStateException("build.properties cannot be read", exception);
    }
  }
}
