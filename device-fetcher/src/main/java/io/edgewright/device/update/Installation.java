package io.edgewright.device.update;

import io.edgewright.device.bundle.ProcessorFeatures;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.BundleShelf.Installed;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.DayBudget;
import io.edgewright.device.transport.Download;
import io.edgewright.device.trust.TargetFile;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings one signed bundle onto the device. What costs nothing is checked first: a bundle for
 * another processor, or too large for the disk, is refused before a byte of it is fetched.
 */
final class Installation {
  private static final long SPARE_BYTES = 1 << 20;

  private final Store store;
  private final BundleShelf shelf;
  private final Connection connection;
  private final ProcessorFeatures features;
  private final SelfTest selfTest;
  private final DayBudget budget;
  private final Consumer<String> log;

  Installation(Store store, Connection connection, Updater.Machine machine) {
    this.store = store;
    this.shelf = new BundleShelf(store.disk(), store.home());
    this.connection = connection;
    this.features = machine.features();
    this.selfTest = machine.selfTest();
    this.budget =
        new DayBudget(store.disk(), store.home().budget(), machine.bytesPerDay(), machine.clock());
    this.log = machine.log();
  }

  /** Deletes what an interrupted run left behind. */
  void recover() {
    shelf.recover(store.slots());
  }

  /** Installs, tests and activates; the active bundle is untouched until the last step. */
  SelfTest.Result run(
      Enrolment enrolment, TargetFile target, URI address, Supplier<URI> newAddress, Instant now) {
    features.check(target.features().orElse(List.of()), "bundle for `" + enrolment.target() + "`");
    Installed installed = kept(target).orElseGet(() -> fetch(target, address, newAddress));
    checkManifest(enrolment, installed);
    log.accept("checked every byte; running the self-test of " + installed.manifest().name());
    SelfTest.Result result = selfTest.run(store.home().bundle(target.sha256()), installed);
    store.updateSlots(slots -> slots.activate(installed.slot(now)));
    shelf.dropDownloads(Optional.empty());
    shelf.recover(store.slots());
    return result;
  }

  /** Back to the bundle before: it is still here, and costs no byte. */
  private Optional<Installed> kept(TargetFile target) {
    Optional<Slots.Slot> slot =
        store.slots().lastGood().filter(good -> good.bundle().equals(target.sha256()));
    try {
      return slot.map(shelf::verify);
    } catch (DeviceException damage) {
      log.accept(damage.problem().sentence());
      shelf.recover(store.updateSlots(Slots::dropLastGood));
      return Optional.empty();
    }
  }

  private Installed fetch(TargetFile target, URI address, Supplier<URI> newAddress) {
    shelf.dropDownloads(Optional.of(target.sha256()));
    Download download =
        new Download(
            connection,
            store.disk(),
            budget,
            new Download.Wanted(
                shelf.download(target.sha256()), target.length(), address, newAddress));
    checkSpace(target, download.missingBytes());
    log.accept("fetching " + download.missingBytes() + " of " + target.length() + " bytes");
    download.finish();
    return shelf.install(target.sha256(), target.length());
  }

  /**
   * Remembers a failure of the bundle itself. Failures of the network or of this device's disk are
   * not the bundle's.
   */
  void remember(String bundle, DeviceException failure, Instant now) {
    Optional<Boolean> forGood =
        switch (failure.code()) {
          case FEATURE_MISSING,
              ARCHIVE_MALFORMED,
              ENTRIES_MISMATCH,
              ENTRY_ALTERED,
              BUNDLE_MALFORMED,
              SELF_TEST_FAILED ->
              Optional.of(true);
          case BUNDLE_ALTERED, DOWNLOAD_CONTRADICTORY, BYTES_EXHAUSTED, SELF_TEST_HUNG ->
              Optional.of(false);
          default -> Optional.empty();
        };
    if (forGood.isPresent()) {
      String detail = failure.problem().sentence();
      Slots slots =
          store.updateSlots(
              before -> before.refuse(bundle, failure.code().id(), detail, forGood.get(), now));
      if (failure.code() != DeviceErrorCode.SELF_TEST_HUNG) {
        shelf.dropDownloads(Optional.empty());
      }
      shelf.recover(slots);
    }
  }

  private void checkSpace(TargetFile target, long missing) {
    long free = store.disk().freeBytes(store.home().folder());
    long needed = missing + target.length() + SPARE_BYTES;
    if (free < needed) {
      throw new DeviceException(
          DeviceErrorCode.SPACE_SHORT,
          "bundle " + target.sha256().substring(0, 12),
          "needs " + needed + " bytes, " + free + " are free",
          "at most what is free",
          "make room, or move the home folder to a larger disk; nothing was fetched");
    }
  }

  private void checkManifest(Enrolment enrolment, Installed installed) {
    String target = installed.manifest().target();
    if (!target.equals(enrolment.target())) {
      throw new DeviceException(
          DeviceErrorCode.BUNDLE_MALFORMED,
          "bundle.json.target.id",
          "`" + target + "`",
          "`" + enrolment.target() + "`, for which it was signed",
          "compile and deploy again");
    }
    features.check(installed.manifest().features(), "bundle for `" + target + "`");
  }
}
