package io.edgewright.device.testing;

import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import java.time.Instant;

/** Puts bundles on a device without a service. */
public final class Installing {
  private Installing() {}

  public static void install(Store store, byte[] zip) {
    store.prepare();
    BundleShelf shelf = new BundleShelf(store.disk(), store.home());
    String sha256 = SigningKey.sha256(zip);
    Pictures.write(shelf.download(sha256), zip);
    Slots.Slot slot = shelf.install(sha256, zip.length).slot(Instant.EPOCH);
    store.updateSlots(slots -> slots.activate(slot));
  }

  /** Installs a bundle that has already given results. */
  public static void installProven(Store store, byte[] zip) {
    install(store, zip);
    store.updateSlots(Slots::confirm);
  }
}
