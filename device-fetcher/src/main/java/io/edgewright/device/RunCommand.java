package io.edgewright.device;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frames.FrameSource;
import io.edgewright.device.frames.PictureFiles;
import io.edgewright.device.run.Supervisor;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Patience;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code run}: frames in, result lines out. */
record RunCommand(Console console) {
  private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(60);

  int run(List<String> words) {
    Arguments arguments =
        Arguments.read(
                "run",
                words,
                Set.of("--input", "--count", "--every", "--cpu", "--home"),
                Set.of("--once"))
            .check();
    Store store = HomeFolder.open(arguments, console);
    HomeFolder.enrolment(store);
    long count = count(arguments);
    Supervisor.Pace pace =
        new Supervisor.Pace(FRAME_TIMEOUT, arguments.number("--every"), cpuPercent(arguments));
    Supervisor.Surroundings surroundings =
        new Supervisor.Surroundings(
            Patience.USUAL,
            Patience::sleep,
            new SecureRandom(),
            HomeFolder.clock(store, console),
            console::say);
    try (FrameSource source =
            PictureFiles.open(arguments.find("--input").orElse("-"), console.in());
        Supervisor supervisor = new Supervisor(store, pace, surroundings)) {
      Optional<DeviceException> problem =
          supervisor.run(source, count, line -> console.out().println(line));
      return problem.map(last -> last.code().blame().exitStatus()).orElse(0);
    }
  }

  private static OptionalLong cpuPercent(Arguments arguments) {
    OptionalLong percent = arguments.number("--cpu");
    if (percent.isPresent() && percent.getAsLong() == 0) {
      throw new DeviceException(
          DeviceErrorCode.USAGE,
          "`run`",
          "`--cpu 0`",
          Usage.of("run"),
          "100 is one core all the time; 10 lets a frame of 50 ms come twice a second");
    }
    return percent;
  }

  private static long count(Arguments arguments) {
    long count = arguments.number("--count").orElse(Long.MAX_VALUE);
    if (arguments.has("--once") && arguments.has("--count")) {
      throw new DeviceException(
          DeviceErrorCode.USAGE,
          "`run`",
          "both `--once` and `--count`",
          Usage.of("run"),
          "leave one of them out");
    }
    return arguments.has("--once") ? 1 : count;
  }
}
