package io.edgewright.device.frames;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command line of whoever set this device up, run by the shell; its output is frames. */
final class ShellCommand implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final String line;
  private final Process shell;

  ShellCommand(String line) {
    this.line = line;
    try {
      this.shell =
          new ProcessBuilder("/bin/sh", "-c", line).redirectError(Redirect.INHERIT).start();
      shell.getOutputStream().close();
    } catch (IOException exception) {
      throw failed("cannot be started: " + exception.getMessage());
    }
  }

  InputStream output() {
    return shell.getInputStream();
  }

  /** Kills it when it is not finished in time: its output then ends. */
  void limit(Duration time) {
    Thread watch =
        new Thread(() -> {
          try {
            if (!shell.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
              kill();
            }
          } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
          }
        });
    watch.setDaemon(true);
    watch.start();
  }

  /** After its output has ended: throws unless it ended well. */
  void check() {
    try {
      if (!shell.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        return; // it has closed its output and goes on with something else
      }
      int status = shell.exitValue();
      if (status != 0) {
        throw failed(
            status > 128 ? "killed by signal " + (status - 128) : "ended with status " + status);
      }
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }

  DeviceException failed(String seen) {
    return new DeviceException(
        DeviceErrorCode.FRAME_COMMAND_FAILED,
        "command `" + line + "`",
        seen,
        "exit status 0, and a picture or frames on its standard output",
        "try it in a shell as this user; its own words are above");
  }
}
