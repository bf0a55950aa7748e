package io.edgewright.device.testing;

import io.edgewright.device.bundle.ProcessorFeatures;
import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.identity.RequestSigner;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.HttpFetcher;
import io.edgewright.device.transport.Patience;
import io.edgewright.device.transport.ServiceClient;
import io.edgewright.device.update.Enroller;
import io.edgewright.device.update.FlooredClock;
import io.edgewright.device.update.KeyRotation;
import io.edgewright.device.update.ModelSelfTest;
import io.edgewright.device.update.SyncResult;
import io.edgewright.device.update.Updater;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A device with a home folder of its own, a clock that a test turns, and no time to lose. */
public final class TestDevice {
  public static final String TARGET = "toy-target";

  public final Store store;
  public final List<String> log = new ArrayList<>();
  public final List<Duration> pauses = new ArrayList<>();
  public Instant now = TufPublisher.NOW;
  public Set<String> features = Set.of("fp", "asimd");
  public long bytesPerDay = Long.MAX_VALUE;
  public Duration selfTestTimeout = Duration.ofSeconds(20);
  public Patience patience =
      new Patience(
          4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(10), 64 << 10, 1 << 10);

  public TestDevice(Path folder) {
    this(folder, new LocalDisk());
  }

  public TestDevice(Path folder, Disk disk) {
    this.store = new Store(disk, new Home(folder));
  }

  public Connection connection() {
    return new Connection(new HttpFetcher(), patience, pauses::add, new Random(1));
  }

  public Enrolment enrol(URI service, String claim) {
    ServiceClient client = new ServiceClient(connection(), service, Optional.empty(), () -> now);
    return new Enroller(store, client, new ProcessorFeatures(features))
        .enrol(new Enroller.Wish(service.toString(), claim, TARGET, "test device"), now);
  }

  /** Enrols with a claim that the service is told of. */
  public TestDevice enrolledWith(FakeService service) {
    String claim = "claim-" + System.nanoTime();
    service.claims.put(claim, "");
    enrol(service.address(), claim);
    return this;
  }

  public SyncResult sync() {
    Enrolment enrolment = store.enrolment().orElseThrow();
    RequestSigner signer = new RequestSigner(store.key().orElseThrow(), new SecureRandom());
    ServiceClient client =
        new ServiceClient(
            connection(), URI.create(enrolment.service()), Optional.of(signer), clock());
    Updater.Machine machine =
        new Updater.Machine(
            new ProcessorFeatures(features),
            new ModelSelfTest(selfTestTimeout),
            clock(),
            bytesPerDay,
            log::add);
    return new Updater(store, enrolment, client, connection(), machine).sync();
  }

  /** Changes the key; the result is the new one's thumbprint. */
  public String rotate() {
    URI service = URI.create(store.enrolment().orElseThrow().service());
    return new KeyRotation(
            store,
            (key, next) ->
                new ServiceClient(
                    connection(),
                    service,
                    Optional.of(new RequestSigner(() -> key, next, new SecureRandom())),
                    clock()))
        .run(store.key().orElseThrow());
  }

  private InstantSource clock() {
    return new FlooredClock(store, Instant.parse("2026-01-01T00:00:00Z"), () -> now);
  }

  public Optional<String> activeName() {
    return store.slots().active().map(slot -> slot.name());
  }
}
