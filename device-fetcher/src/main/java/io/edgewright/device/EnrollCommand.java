package io.edgewright.device;

import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.SafeAddress;
import io.edgewright.device.transport.ServiceClient;
import io.edgewright.device.update.Enroller;
import io.edgewright.device.update.FlooredClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code enroll}: a claim becomes a device. */
record EnrollCommand(Console console) {

  int run(List<String> words) {
    Arguments arguments =
        Arguments.read(
                "enroll",
                words,
                Set.of("--service", "--claim", "--target", "--name", "--home"),
                Set.of())
            .require("--service", "--claim", "--target")
            .check();
    URI service = SafeAddress.of(arguments.get("--service"), "`--service`");
    Store store = HomeFolder.open(arguments, console);
    FlooredClock clock = HomeFolder.clock(store, console);
    ServiceClient client = new ServiceClient(Connection.real(), service, Optional.empty(), clock);
    Enroller.Wish wish =
        new Enroller.Wish(
            service.toString(),
            arguments.get("--claim"),
            arguments.get("--target"),
            arguments.find("--name").orElseGet(EnrollCommand::hostName));
    Enrolment enrolment =
        new Enroller(store, client, HomeFolder.features()).enrol(wish, clock.instant());
    console
        .out()
        .println(
            "enrolled in group `%s` as %s, a `%s`"
                .formatted(enrolment.group(), enrolment.deviceId(), enrolment.target()));
    return 0;
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException exception) {
      return "unnamed device";
    }
  }
}
