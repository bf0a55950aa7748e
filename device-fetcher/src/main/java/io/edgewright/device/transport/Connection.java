package io.edgewright.device.transport;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** What everybody who talks over the network needs. */
public record Connection(
    Fetcher fetcher, Patience patience, Patience.Pause pause, RandomGenerator random) {

  /** The same, by way of another fetcher. */
  public Connection through(Fetcher other) {
    return new Connection(other, patience, pause, random);
  }

  /** The same, with other pauses. */
  public Connection pausing(Patience.Pause other) {
    return new Connection(fetcher, patience, other, random);
  }

  public static Connection real() {
    return new Connection(new HttpFetcher(), Patience.USUAL, Patience::sleep, new SecureRandom());
  }
}
