package io.edgewright.device;

import io.edgewright.device.bench.Bench;
import io.edgewright.device.bench.Measurement;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frugal.CountedFetcher;
import io.edgewright.device.frugal.TrafficDiary;
import io.edgewright.device.sensors.Sensors;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code bench}: measures the active bundle and hands the figures in. */
record BenchCommand(Console console) {
  private static final int USUAL_FRAMES = 200;
  private static final int MOST_FRAMES = 100_000;

  int run(List<String> words) {
    Arguments arguments =
        Arguments.read("bench", words, Set.of("--count", "--home"), Set.of("--json", "--offline"))
            .check();
    long frames = arguments.number("--count").orElse(USUAL_FRAMES);
    if (frames < 1 || frames > MOST_FRAMES) {
      throw new DeviceException(
          DeviceErrorCode.USAGE,
          "`bench`",
          "`--count " + frames + "`",
          "1 to " + MOST_FRAMES + " frames",
          "leave it out for " + USUAL_FRAMES);
    }
    Store store = HomeFolder.open(arguments, console);
    Enrolment enrolment = HomeFolder.enrolment(store);
    Measurement measured =
        new Bench(store, Sensors.ofThisMachine())
            .run((int) frames, HomeFolder.clock(store, console).instant());
    if (arguments.has("--json")) {
      console.out().println(new String(measured.json(), StandardCharsets.UTF_8));
    } else {
      measured.lines().forEach(console.out()::println);
    }
    if (!arguments.has("--offline")) {
      send(store, enrolment, measured);
    }
    return 0;
  }

  private void send(Store store, Enrolment enrolment, Measurement measured) {
    TrafficDiary traffic =
        new TrafficDiary(store.disk(), store.home().trafficDiary(), console.clock());
    Connection network = Connection.real();
    Connection counted = network.through(new CountedFetcher(network.fetcher(), traffic));
    try {
      SignedService.of(store, enrolment, counted, HomeFolder.clock(store, console))
          .send("POST", "/v1/devices/self/benchmarks", Map.of(), measured.json());
      console.say("handed in to " + enrolment.service());
    } finally {
      traffic.save();
    }
  }
}
