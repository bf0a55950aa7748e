package io.edgewright.device.run;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frames.Frame;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.launch.ModelLaunch;
import io.edgewright.device.launch.ModelLimits;
import io.edgewright.device.store.BundleShelf.Installed;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The bundle's `model` as a child process. */
public final class ModelProcess implements AutoCloseable {
  private static final int MOST_LINE_BYTES = 8 << 20;
  private static final int FRAME_REFUSED = 2; // the runner's exit status for a frame it cannot take
  private static final Pattern REFUSAL = Pattern.compile("\\{\"frame\":\\d+,\"error\":");
  private static final Duration MOST_RESTLESS = Duration.ofMillis(500);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final String name;
  private final Process child;
  private final InputStream results;
  private final Thread executioner;
  private boolean hasAnswered;
  private Duration cpuBefore = Duration.ZERO;
  private Duration cpuOfFrame = Duration.ZERO;

  private ModelProcess(String name, Process child) {
    this.name = name;
    this.child = child;
    this.results = new BufferedInputStream(child.getInputStream(), 1 << 16);
    this.executioner = new Thread(child::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(executioner);
  }

  public static ModelProcess start(Path folder, Installed bundle) {
    int threads = bundle.manifest().run().threads();
    List<String> words = List.of("--threads", String.valueOf(threads), "--format", "json");
    ModelLimits limits = ModelLimits.running(bundle.manifest());
    try {
      Process child = ModelLaunch.start(folder, limits, Redirect.PIPE, words);
      return new ModelProcess(bundle.manifest().name(), child);
    } catch (IOException exception) {
      throw failure(
          DeviceErrorCode.MODEL_CRASHED,
          bundle.manifest().name(),
          "cannot be started: " + exception.getMessage());
    }
  }

  /** Hands in a frame and waits for its result line. */
  public String run(Frame frame, Watchdog watchdog, Duration time) {
    expectRest();
    try (Watchdog.Guard guard = watchdog.guard(child, time)) {
      Optional<String> line = Optional.empty();
      try {
        OutputStream frames = child.getOutputStream();
        frames.write(frame.bytes());
        frames.flush();
        line = readLine();
      } catch (IOException exception) {
        // The pipe broke: why is judged by how the child ended.
      }
      if (guard.hasBitten()) {
        throw failure(
            DeviceErrorCode.MODEL_HUNG, name, "no result after " + time.toMillis() + " ms");
      }
      if (line.isEmpty()) {
        throw ended(frame);
      }
      hasAnswered = true;
      return checked(line.get(), frame);
    } finally {
      Duration now = cpu();
      cpuOfFrame = now.minus(cpuBefore);
      cpuBefore = now;
    }
  }

  public long pid() {
    return child.pid();
  }

  /** The processor time that the last frame took, all threads together. */
  Duration cpuOfFrame() {
    return cpuOfFrame;
  }

  /** Between frames a sound program sleeps in the kernel; one that does not drains a battery. */
  private void expectRest() {
    Duration restless = cpu().minus(cpuBefore);
    if (hasAnswered && restless.compareTo(MOST_RESTLESS) > 0) {
      throw failure(
          DeviceErrorCode.MODEL_RESTLESS,
          name,
          restless.toMillis() + " ms of processor time while it had no frame");
    }
  }

  /** Of a child that has ended it is what was seen last. */
  private Duration cpu() {
    return child.info().totalCpuDuration().orElse(cpuBefore);
  }

  /** Lets the child finish in peace, but not for ever; two models at once may be too many. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(executioner);
    try {
      child.getOutputStream().close();
    } catch (IOException exception) {
      // it is gone already
    }
    waitFor();
  }

  /** Empty at the end of the results. */
  private Optional<String> readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int letter = results.read(); letter != '\n'; letter = results.read()) {
      if (letter < 0) {
        return Optional.empty();
      }
      if (line.size() == MOST_LINE_BYTES) {
        break; // no result is as long; what there is of it will not be JSON
      }
      line.write(letter);
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  /** Whether another frame can be handed in. */
  boolean isAlive() {
    return child.isAlive();
  }

  private String checked(String line, Frame frame) {
    try {
      JsonText.checkObject(line, "result");
    } catch (JsonException exception) {
      String start = line.substring(0, Math.min(line.length(), 60)).replaceAll("[^ -~]", "?");
      throw failure(DeviceErrorCode.MODEL_OUTPUT_MALFORMED, name, "`" + start + "`");
    }
    if (REFUSAL.matcher(line).lookingAt()) {
      throw refused(frame);
    }
    return line;
  }

  private DeviceException ended(Frame frame) {
    int status = waitFor();
    if (status == FRAME_REFUSED) {
      return refused(frame);
    }
    String how =
        status > 128 ? "killed by signal " + (status - 128) : "ended with status " + status;
    return failure(DeviceErrorCode.MODEL_CRASHED, name, how + " at frame `" + frame.source() + "`");
  }

  private DeviceException refused(Frame frame) {
    return new DeviceException(
        DeviceErrorCode.FRAME_UNREADABLE,
        "frame `" + frame.source() + "`",
        "refused by the model `" + name + "`; its words are above",
        "a frame as `inputs` in bundle.json describes it",
        "check its size, type and number of channels");
  }

  private int waitFor() {
    try {
      if (child.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        return child.exitValue();
      }
      child.destroyForcibly();
      return child.waitFor();
    } catch (InterruptedException exception) {
      child.destroyForcibly();
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static DeviceException failure(DeviceErrorCode code, String name, String seen) {
    return new DeviceException(
        code,
        "model `" + name + "`",
        seen,
        "one JSON line for each frame, in time, and rest in between",
        "the device starts it again, and goes back to its last good bundle where it has one");
  }
}
