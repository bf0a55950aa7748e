package io.edgewright.device.update;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.launch.ModelLaunch;
import io.edgewright.device.launch.ModelLimits;
import io.edgewright.device.store.BundleShelf.Installed;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./model --self-test} as a child process with a time limit. */
public final class ModelSelfTest implements SelfTest {
  private static final int MOST_OUTPUT_BYTES = 64 << 10;

  private final Duration timeout;

  public ModelSelfTest(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public Result run(Path folder, Installed bundle) {
    String where = "self-test of " + bundle.manifest().name();
    try {
      Process child =
          ModelLaunch.start(
              folder,
              ModelLimits.within(timeout, bundle.manifest()),
              Redirect.from(new File("/dev/null")),
              List.of("--self-test"));
      try {
        // The one line of output fits the pipe, so waiting before reading cannot block the child.
        if (!child.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new DeviceException(
              DeviceErrorCode.SELF_TEST_HUNG,
              where,
              "not finished after " + timeout.toSeconds() + " s",
              "a result in that time",
              "the device may be far slower than the target, or busy; it is tried again later");
        }
        byte[] output = child.getInputStream().readNBytes(MOST_OUTPUT_BYTES);
        return judge(where, child.exitValue(), output);
      } finally {
        child.destroyForcibly();
      }
    } catch (IOException exception) {
      throw failed(where, "cannot be started: " + exception.getMessage());
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw failed(where, "interrupted");
    }
  }

  private static Result judge(String where, int exit, byte[] output) {
    try {
      JsonValue result = JsonText.parse(output, where);
      if (exit == 0 && result.require("ok").flag()) {
        return new Result(
            result.require("maximumError").decimal(), result.require("latencyMicros").decimal());
      }
      throw failed(where, "exit status " + exit + ", " + JsonText.print(result.value()));
    } catch (JsonException exception) {
      throw failed(where, "exit status " + exit + (exit > 128 ? " (killed)" : "") + ", no result");
    }
  }

  private static DeviceException failed(String where, String seen) {
    return new DeviceException(
        DeviceErrorCode.SELF_TEST_FAILED,
        where,
        seen,
        "`\"ok\":true` within the tolerance of the golden output",
        "the device keeps what it has; compile for the target that this device really is");
  }
}
