package io.edgewright.device.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a bundle's {@code model} under limits.
 *
 * <p>Java cannot set limits of a child, so a shell sets its own and becomes the program. Where a
 * limit of the surroundings is tighter already, that one stays. The program gives way to everything
 * else on the machine, and is the first to go when memory runs out: it can be started again.
 */
public final class ModelLaunch {
  private static final String SHELL =
      """
      { echo 1000 >/proc/self/oom_score_adj; ulimit -c 0; ulimit -n 32
        ulimit -v "$1"; ulimit -t "$2"; } 2>/dev/null
      shift 2
      exec nice -n 10 "$@"
      """;

  private ModelLaunch() {}

  /**
   * Starts the program of an unpacked bundle, in its folder, without any environment.
   *
   * @param words what follows {@code model} on its command line
   */
  public static Process start(Path folder, ModelLimits limits, Redirect input, List<String> words)
      throws IOException {
    String kibibytes = String.valueOf(limits.addressBytes() >> 10);
    String seconds =
        limits.cpuSeconds().isPresent()
            ? String.valueOf(limits.cpuSeconds().getAsLong())
            : "unlimited";
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SHELL, "model"));
    command.addAll(
        List.of(kibibytes, seconds, folder.resolve("model").toAbsolutePath().toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.redirectInput(input);
    builder.redirectError(Redirect.INHERIT);
    return builder.start();
  }
}
