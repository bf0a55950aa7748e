package io.edgewright.device;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frugal.CountedFetcher;
import io.edgewright.device.frugal.TrafficDiary;
import io.edgewright.device.results.ResultUpload;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.DayBudget;
import io.edgewright.device.transport.ServiceClient;
import io.edgewright.device.update.FlooredClock;
import io.edgewright.device.update.ModelSelfTest;
import io.edgewright.device.update.SyncResult;
import io.edgewright.device.update.Updater;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code sync}: once, or at the service's pace for ever. */
record SyncCommand(Console console) {
  private static final Duration SELF_TEST_TIMEOUT = Duration.ofSeconds(60);

  int run(List<String> words) {
    Arguments arguments =
        Arguments.read("sync", words, Set.of("--home", "--bytes-per-day"), Set.of("--once"))
            .check();
    long bytesPerDay = arguments.number("--bytes-per-day").orElse(DayBudget.USUAL_BYTES_PER_DAY);
    Store store = HomeFolder.open(arguments, console);
    Enrolment enrolment = HomeFolder.enrolment(store);
    Heartbeat heartbeat = Heartbeat.of(console.environment(), "systemd-notify");
    Wake wake = wake(store, enrolment, heartbeat, bytesPerDay);
    if (arguments.has("--once")) {
      console.out().println(words(wake.sync()));
      return 0;
    }
    return poll(wake, heartbeat, Duration.ofSeconds(enrolment.pollSeconds()));
  }

  private Wake wake(Store store, Enrolment enrolment, Heartbeat heartbeat, long bytesPerDay) {
    FlooredClock clock = HomeFolder.clock(store, console);
    TrafficDiary traffic =
        new TrafficDiary(store.disk(), store.home().trafficDiary(), console.clock());
    Connection network = Connection.real();
    Connection connection =
        network
            .through(new CountedFetcher(heartbeat.listening(network.fetcher()), traffic))
            .pausing(heartbeat::sleep);
    ServiceClient client = SignedService.of(store, enrolment, connection, clock);
    Updater.Machine machine =
        new Updater.Machine(
            HomeFolder.features(),
            new ModelSelfTest(SELF_TEST_TIMEOUT),
            clock,
            bytesPerDay,
            console::say);
    return new Wake(
        store,
        new Updater(store, enrolment, client, connection, machine),
        new ResultUpload(store.disk(), store.home().results(), client, clock, console::say),
        traffic,
        console);
  }

  /** A problem of one sync is told and left behind: the next one may do better. */
  private int poll(Wake wake, Heartbeat heartbeat, Duration usual) {
    PollSchedule schedule = new PollSchedule(usual, new SecureRandom());
    while (!Thread.currentThread().isInterrupted()) {
      boolean reached = true;
      try {
        console.out().println(words(wake.sync()));
      } catch (DeviceException exception) {
        console.say(exception.problem().sentence());
        reached = exception.code() != DeviceErrorCode.SERVICE_UNREACHABLE;
      }
      heartbeat.sleep(schedule.next(reached));
    }
    return 0;
  }

  private static String words(SyncResult result) {
    String active = result.bundle().map(name -> ": " + name).orElse("");
    String tested =
        result
            .selfTest()
            .map(test ->
                String.format(
                    Locale.ROOT,
                    ", self-test passed in %.2f ms with an error of %.2g",
                    test.latencyMicros() / 1000,
                    test.maximumError()))
            .orElse("");
    return result.kind().words() + active + tested;
  }
}
