package io.edgewright.endtoend;

import io.edgewright.device.bundle.ResultPolicy;
import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.identity.RequestSigner;
import io.edgewright.device.results.Recorder;
import io.edgewright.device.results.ResultUpload;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.ServiceClient;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/// One end of the device's log of results, in a process of its own that can be killed. `write HOME
/// FIRST` takes results numbered from FIRST on and prints each number once it is taken; `finish
/// HOME FIRST` takes one and ends in good order; `send HOME` hands in what is there, again and
/// again; `drain HOME` does so once.
final class ResultsEnd {
  private static final ResultPolicy POLICY =
      new ResultPolicy(Optional.empty(), 0, false, 1, 20, 1L << 40, 1L << 30);
  private static final String BUNDLE = "sha256:" + "0".repeat(64);

  private ResultsEnd() {}

  public static void main(String[] words) throws InterruptedException {
    Store store = new Store(new LocalDisk(), new Home(Path.of(words[1])));
    switch (words[0]) {
      case "write" -> write(store, Long.parseLong(words[2]), Long.MAX_VALUE);
      case "finish" -> write(store, Long.parseLong(words[2]), 1);
      case "send" -> {
        while (true) {
          try {
            send(store);
          } catch (DeviceException problem) {
            say(problem.problem().sentence());
          }
          Thread.sleep(20);
        }
      }
      case "drain" -> send(store);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void write(Store store, long first, long count) throws InterruptedException {
    Instant start = Instant.now();
    try (Recorder recorder =
        new Recorder(store.disk(), store.home().results(), new Random(1), ResultsEnd::say)) {
      for (long number = first; number - first < count; number++) {
        // A clock that hurries: the log is flushed after every tenth result.
        Instant now = start.plusSeconds(number - first);
        String line = "{\"frame\":0,\"outputs\":{\"n\":[" + number + "]}}";
        recorder.take(new Recorder.Origin("killed", BUNDLE, POLICY), line, now);
        System.out.println(number);
        Thread.sleep(5);
      }
    }
  }

  private static void send(Store store) {
    ServiceClient service =
        new ServiceClient(
            Connection.real(),
            URI.create(store.enrolment().orElseThrow().service()),
            Optional.of(new RequestSigner(store.key().orElseThrow(), new SecureRandom())),
            Clock.systemUTC());
    new ResultUpload(
            store.disk(), store.home().results(), service, Clock.systemUTC(), ResultsEnd::say)
        .send(POLICY);
  }

  private static void say(String sentence) {
    System.err.println(sentence);
  }
}
