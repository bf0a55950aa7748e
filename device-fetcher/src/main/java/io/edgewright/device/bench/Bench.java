package io.edgewright.device.bench;

import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frames.Frame;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.run.ModelProcess;
import io.edgewright.device.run.Watchdog;
import io.edgewright.device.sensors.Sensors;
import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.BundleShelf.Installed;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Runs the golden frame of the active bundle and measures. */
public final class Bench {
  private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_FRAME_BYTES = 256 << 20;
  private static final int WARM_UP_PART = 10;

  private final Store store;
  private final Sensors sensors;

  public Bench(Store store, Sensors sensors) {
    this.store = store;
    this.sensors = sensors;
  }

  /**
   * Measures so many frames, fewer where a minute is over before.
   *
   * @throws DeviceException when there is no bundle, or its model fails
   */
  public Measurement run(int frames, Instant now) {
    Slots.Slot slot = store.slots().active().orElseThrow(Bench::nothingInstalled);
    Installed bundle = new BundleShelf(store.disk(), store.home()).verify(slot);
    Path folder = store.home().bundle(bundle.bundle());
    Frame golden = golden(folder);
    long started = System.nanoTime();
    try (Watchdog watchdog = new Watchdog();
        ModelProcess model = ModelProcess.start(folder, bundle)) {
      micros(model.run(golden, watchdog, FRAME_TIMEOUT));
      double firstMillis = (System.nanoTime() - started) / 1e6;
      for (int frame = 0; frame < frames / WARM_UP_PART; frame++) {
        model.run(golden, watchdog, FRAME_TIMEOUT);
      }
      Watch watch = new Watch(sensors, System.nanoTime());
      List<Double> latencies = new ArrayList<>();
      long begun = System.nanoTime();
      while (latencies.size() < frames && System.nanoTime() - begun < LONGEST.toNanos()) {
        latencies.add(micros(model.run(golden, watchdog, FRAME_TIMEOUT)));
        watch.glance(System.nanoTime());
      }
      Map<String, Object> measured = new LinkedHashMap<>();
      measured.put("model", bundle.manifest().name());
      measured.put("bundle", "sha256:" + bundle.bundle());
      measured.put("target", bundle.manifest().target());
      measured.put("at", now.toString());
      measured.put("frames", latencies.size());
      measured.put("threads", bundle.manifest().run().threads());
      measured.put("firstResultMillis", firstMillis);
      Latencies all = new Latencies(latencies);
      measured.put("latency", all.fields());
      measured.put("memory", memory(model.pid()));
      measured.putAll(watch.end(System.nanoTime(), latencies.size()));
      return new Measurement(measured, all);
    }
  }

  private Frame golden(Path folder) {
    return new Frame(
        "golden",
        SmallFile.read(store.disk(), folder.resolve("golden/input.bin"), MOST_FRAME_BYTES)
            .orElseThrow(() ->
                new DeviceException(
                    DeviceErrorCode.BUNDLE_MALFORMED,
                    "bundle",
                    "no `golden/input.bin`",
                    "a frame to measure with",
                    "compile and deploy again")));
  }

  /** The program's own clock: what the pipe and this program add is not the model's. */
  private static double micros(String line) {
    return JsonText.parse(line.getBytes(StandardCharsets.UTF_8), "result")
        .require("latencyMicros")
        .decimal();
  }

  /** The most that the program ever held in memory. */
  private static Map<String, Object> memory(long pid) {
    Map<String, Object> memory = new LinkedHashMap<>();
    OptionalLong peak = peakBytes(Path.of("/proc", Long.toString(pid), "status"));
    memory.put("peakBytes", peak.isPresent() ? peak.getAsLong() : JsonText.NULL);
    return memory;
  }

  private static OptionalLong peakBytes(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException exception) {
      return OptionalLong.empty();
    }
  }

  private static DeviceException nothingInstalled() {
    return new DeviceException(
        DeviceErrorCode.NOTHING_INSTALLED,
        "this device",
        "no active bundle",
        "a bundle to measure",
        "run `sync` first; `status` tells what is deployed");
  }
}
