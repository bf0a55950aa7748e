package io.edgewright.device.provocation;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A home folder that is in use, in the way, damaged or full. */
public final class HomeFaults {
  private final Path folder;
  private final Disk disk = new LocalDisk();

  public HomeFaults(Path folder) {
    this.folder = folder;
  }

  public void syncTwiceAtOnce() {
    Store store = store();
    store.whileSyncing(Duration.ZERO, () -> store.whileSyncing(Duration.ZERO, () -> "twice"));
  }

  public void useAFileAsFolder() throws IOException {
    Files.writeString(folder.resolve("home"), "");
    store();
  }

  public void damageTheKey() throws IOException {
    Store store = store();
    Files.writeString(store.home().folder().resolve("device.key"), "rust");
    store.key();
  }

  public void damageTheInstalledBundle() throws IOException {
    Store store = store();
    BundleShelf shelf = new BundleShelf(disk, store.home());
    byte[] zip = ToyBundle.named("toy").zip();
    String sha256 = SigningKey.sha256(zip);
    Files.write(shelf.download(sha256), zip);
    var slot = shelf.install(sha256, zip.length).slot(Instant.EPOCH);
    Files.write(store.home().bundle(sha256).resolve("weights.bin"), new byte[3000 - 1]);
    shelf.verify(slot);
  }

  /** /dev/full takes every write and answers that there is no space. */
  public void fillTheDisk() {
    try (Disk.Output output = disk.append(Path.of("/dev/full"), 0)) {
      output.write(new byte[4096], 0, 4096);
    }
  }

  private Store store() {
    Store store = new Store(disk, new Home(folder.resolve("home")));
    store.prepare();
    return store;
  }
}
