package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TestDevice;
import io.edgewright.device.testing.ToyBundle;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the real program with the real signal while it installs. */
@Tag("slow")
class KillTest {
  private static final int KILLS = Boolean.getBoolean("edgewright.soak") ? 1000 : 20;

  @TempDir Path folder;
  private final FakeService service = new FakeService();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void leavesABundleThatRunsWheneverItIsKilled() throws Exception {
    Store store = enrolled();
    byte[][] bundles = {bundle("even", 1), bundle("odd", 2)};
    deploy(bundles[0]);
    int span = millisFromFirstRequestToEnd();
    Random random = new Random(11);
    int killedInTheMiddle = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      deploy(bundles[kill % 2]);
      service.arrivals.drainPermits();
      Process child = sync();
      if (random.nextInt(4) > 0) { // some already while they start and sweep
        assertThat(service.arrivals.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
      }
      boolean ended = child.waitFor(random.nextInt(span), TimeUnit.MILLISECONDS);
      child.destroyForcibly().waitFor();
      killedInTheMiddle += ended ? 0 : 1;
      span = ended ? Math.max(20, span * 9 / 10) : span * 21 / 20; // the machine may be busier now

      Slots.Slot active = store.slots().active().orElseThrow();
      new BundleShelf(store.disk(), store.home()).verify(active);
      assertThat(active.name()).isIn("even", "odd");
      store.slots().lastGood().ifPresent(new BundleShelf(store.disk(), store.home())::verify);
    }
    deploy(bundle("last", 3));

    assertThat(sync().waitFor()).isZero();
    assertThat(store.slots().active().orElseThrow().name()).isEqualTo("last");
    assertThat(killedInTheMiddle).isGreaterThan(KILLS / 3);
  }

  private Store enrolled() {
    service.now = Clock.systemUTC().instant();
    service.publisher.expireAllAt(service.now.plus(Duration.ofDays(30)));
    service.publisher.rotate("timestamp", SigningKey.generate());
    service.objectDelayMillis = 5;
    TestDevice device = new TestDevice(folder);
    device.now = service.now;
    device.enrolledWith(service);
    return new Store(new LocalDisk(), new Home(folder));
  }

  private void deploy(byte[] bundle) {
    service.now = Clock.systemUTC().instant();
    service.deploy(TestDevice.TARGET, bundle, List.of());
  }

  private static byte[] bundle(String name, long seed) {
    return ToyBundle.named(name).weighing(500_000, seed).zip();
  }

  private int millisFromFirstRequestToEnd() throws Exception {
    service.arrivals.drainPermits();
    Process child = sync();
    assertThat(service.arrivals.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    long started = System.nanoTime();
    assertThat(child.waitFor()).isZero();
    return (int) Math.max(20, Duration.ofNanos(System.nanoTime() - started).toMillis());
  }

  private Process sync() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx24m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("sync", "--once", "--home", folder.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }
}
