package io.edgewright.device;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frames.CapturedFrames;
import io.edgewright.device.frames.CommandFrames;
import io.edgewright.device.frames.FrameSource;
import io.edgewright.device.frames.PictureFiles;
import io.edgewright.device.frugal.RunDiary;
import io.edgewright.device.frugal.Thrift;
import io.edgewright.device.run.Supervisor;
import io.edgewright.device.sensors.Sensors;
import io.edgewright.device.sensors.Sysfs;
import io.edgewright.device.store.BundleShelf.Installed;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Patience;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** {@code run}: frames in, result lines out, and into the log where the bundle asks for it. */
record RunCommand(Console console) {
  private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(60);
  private static final Set<String> VALUED =
      Set.of("--input", "--capture", "--stream", "--count", "--every", "--cpu", "--home");

  int run(List<String> words) {
    Arguments arguments = Arguments.read("run", words, VALUED, Set.of("--once")).check();
    oneOf(arguments, "--input", "--capture", "--stream");
    oneOf(arguments, "--once", "--count");
    Store store = HomeFolder.open(arguments, console);
    HomeFolder.enrolment(store);
    long count = arguments.has("--once") ? 1 : arguments.number("--count").orElse(Long.MAX_VALUE);
    Supervisor.Pace pace =
        new Supervisor.Pace(FRAME_TIMEOUT, arguments.number("--every"), cpuPercent(arguments));
    Supervisor.Surroundings surroundings =
        new Supervisor.Surroundings(
            Patience.USUAL,
            Patience::sleep,
            new SecureRandom(),
            HomeFolder.clock(store, console),
            console::say);
    try (FrameSource source = source(arguments);
        KeptResults kept = new KeptResults(store, console);
        Thrift thrift = thrift(store);
        Supervisor supervisor = new Supervisor(store, pace, surroundings).sparing(thrift)) {
      AtShutdown closing = new AtShutdown(kept, thrift);
      Optional<DeviceException> problem =
          supervisor.run(source, count, (line, bundle) -> tell(line, bundle, kept));
      closing.cancel();
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

  private void tell(String line, Installed bundle, KeptResults kept) {
    console.out().println(line);
    kept.take(line, bundle);
  }

  private FrameSource source(Arguments arguments) {
    if (arguments.has("--capture")) {
      return new CapturedFrames(arguments.get("--capture"), Patience::sleep);
    }
    if (arguments.has("--stream")) {
      return new CommandFrames(arguments.get("--stream"));
    }
    return PictureFiles.open(arguments.find("--input").orElse("-"), console.in());
  }

  private Thrift thrift(Store store) {
    Sysfs sysfs = Sysfs.ofThisMachine();
    RunDiary diary =
        new RunDiary(store.disk(), store.home().runDiary(), console.clock(), new Sensors(sysfs));
    return new Thrift(sysfs, diary, Patience::sleep, System::nanoTime, console::say);
  }

  private static void oneOf(Arguments arguments, String... names) {
    List<String> given = Stream.of(names).filter(arguments::has).toList();
    if (given.size() > 1) {
      throw new DeviceException(
          DeviceErrorCode.USAGE,
          "`run`",
          "both `" + String.join("` and `", given) + "`",
          Usage.of("run"),
          "leave one of them out");
    }
  }
}
