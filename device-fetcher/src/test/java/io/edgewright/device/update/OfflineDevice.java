package io.edgewright.device.update;

import io.edgewright.device.bundle.ProcessorFeatures;
import io.edgewright.device.disk.Disk;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.FakeObject;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TestDevice;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.Patience;
import io.edgewright.device.trust.TargetFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Everything that changes the bundles of a device, on any disk, without a network. */
final class OfflineDevice {
  static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");

  private static final URI ADDRESS = URI.create("https://objects.example/bundle");
  private static final Patience PATIENCE =
      new Patience(5, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), 50_000, 1 << 10);

  private final Store store;
  private final BundleShelf shelf;

  OfflineDevice(Disk disk, Path folder) {
    this.store = new Store(disk, new Home(folder));
    this.shelf = new BundleShelf(disk, store.home());
  }

  Store store() {
    return store;
  }

  Slots slots() {
    return store.slots();
  }

  void recover() {
    shelf.recover(store.slots());
  }

  /** As a sync does it, from an object store that may not know ranges and cuts the line once. */
  void install(byte[] bundle, boolean knowsRanges) {
    FakeObject object = new FakeObject(bundle);
    object.knowsRanges = knowsRanges;
    object.cutAfter.add(bundle.length / 3);
    bring(object, (folder, installed) -> new SelfTest.Result(0, 1));
  }

  /** The bundle turns out to compute something else here. */
  void installInVain(byte[] bundle) {
    DeviceException failure =
        new DeviceException(DeviceErrorCode.SELF_TEST_FAILED, "here", "wrong", "right", "no");
    Installation installation =
        bring(
            new FakeObject(bundle),
            (folder, installed) -> {
              throw failure;
            });
    installation.remember(SigningKey.sha256(bundle), failure, AT);
  }

  void confirm() {
    store.updateSlots(Slots::confirm);
  }

  void rollBack() {
    String active = slots().active().orElseThrow().bundle();
    store.updateSlots(slots -> slots.rollBack().refuse(active, "EW-5402", "it crashed", true, AT));
  }

  /** Checks every byte; throws where one is wrong or missing. */
  void verify(Slots.Slot slot) {
    shelf.verify(slot);
  }

  List<String> bundlesOnDisk() {
    return store.disk().list(store.home().bundle("x").resolveSibling(""));
  }

  private Installation bring(FakeObject object, SelfTest selfTest) {
    Connection connection = new Connection(object, PATIENCE, pause -> {}, new Random(1));
    Installation installation =
        new Installation(
            store,
            connection,
            new Updater.Machine(
                new ProcessorFeatures(Set.of()), selfTest, () -> AT, 1 << 30, sentence -> {}));
    installation.recover();
    String sha256 = SigningKey.sha256(object.bytes);
    TargetFile file =
        new TargetFile(
            "x",
            object.bytes.length,
            sha256,
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Enrolment enrolment = new Enrolment("", "", "lobby", TestDevice.TARGET, "", 1);
    try {
      installation.run(enrolment, file, ADDRESS, () -> ADDRESS, AT);
    } catch (DeviceException failure) {
      if (failure.code() == DeviceErrorCode.BYTES_EXHAUSTED) {
        // Too many cuts before: as after every sync, what arrived is dropped; the next starts over.
        installation.remember(sha256, failure, AT);
        installation.run(enrolment, file, ADDRESS, () -> ADDRESS, AT);
      } else if (failure.code() != DeviceErrorCode.SELF_TEST_FAILED) {
        throw failure;
      }
    }
    return installation;
  }
}
