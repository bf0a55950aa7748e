package io.edgewright.device.store;

import io.edgewright.device.bundle.BundleArchive;
import io.edgewright.device.bundle.BundleCheck;
import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.bundle.Sha256;
import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The bundles on the device, and the protocol by which they come and go. */
public final class BundleShelf {
  private static final String UNFINISHED = ".new";
  private static final int MOST_MANIFEST_BYTES = 1 << 20;

  /** A bundle in its folder, checked. */
  public record Installed(String bundle, String manifestSha256, BundleManifest manifest) {
    /** Its place in the pointer file, before it has shown anything. */
    public Slots.Slot slot(Instant since) {
      return new Slots.Slot(bundle, manifestSha256, manifest.name(), false, since);
    }
  }

  private final Disk disk;
  private final Home home;

  public BundleShelf(Disk disk, Home home) {
    this.disk = disk;
    this.home = home;
  }

  /** Where the file of a bundle is gathered. */
  public Path download(String sha256) {
    return home.downloads().resolve(sha256 + ".part");
  }

  /** Sweeps away what an interrupted run left behind and what no slot names any more. */
  public void recover(Slots slots) {
    boolean swept = false;
    for (String name : disk.list(home.bundles())) {
      if (!slots.kept().contains(name)) {
        deleteTree(home.bundles().resolve(name));
        swept = true;
      }
    }
    if (swept) {
      disk.syncFolder(home.bundles());
    }
  }

  /** Deletes downloads of all bundles but one. They must not come back under a later download. */
  public void dropDownloads(Optional<String> except) {
    List<String> dropped =
        disk.list(home.downloads()).stream()
            .filter(name -> except.isEmpty() || !name.startsWith(except.get()))
            .toList();
    if (!dropped.isEmpty()) {
      dropped.forEach(name -> disk.delete(home.downloads().resolve(name)));
      disk.syncFolder(home.downloads());
    }
  }

  /**
   * Checks a downloaded bundle, unpacks it, and checks what was written. On return every byte is on
   * the medium under its final name; nothing points to it yet.
   */
  public Installed install(String sha256, long bytes) {
    Path file = download(sha256);
    Disk.Input opened =
        disk.open(file).orElseThrow(() -> new IllegalStateException("not downloaded: " + file));
    try (Disk.Input input = opened) {
      BundleCheck.checkWhole(input, bytes, sha256);
      Map<String, BundleArchive.Entry> archive = BundleArchive.entries(input);
      byte[] json = BundleCheck.manifest(input, archive);
      BundleManifest manifest = BundleManifest.read(json);
      BundleCheck.checkEntries(manifest, archive);
      Path unfinished = home.bundle(sha256 + UNFINISHED);
      unpack(input, archive, manifest, json, unfinished);
      Installed installed = verify(unfinished, sha256, Sha256.of(json));
      disk.rename(unfinished, home.bundle(sha256));
      disk.syncFolder(home.bundles());
      return installed;
    }
  }

  /** What the bundle says of itself, without a look at the rest of it; empty if it has changed. */
  public Optional<BundleManifest> manifest(Slots.Slot slot) {
    return SmallFile.read(
            disk, home.bundle(slot.bundle()).resolve(BundleCheck.MANIFEST), MOST_MANIFEST_BYTES)
        .filter(json -> Sha256.of(json).equals(slot.manifest()))
        .map(BundleManifest::read);
  }

  /** Checks every byte of an installed bundle again, as after every start. */
  public Installed verify(Slots.Slot slot) {
    return verify(home.bundle(slot.bundle()), slot.bundle(), slot.manifest());
  }

  private Installed verify(Path folder, String bundle, String manifestSha256) {
    byte[] json =
        SmallFile.read(disk, folder.resolve(BundleCheck.MANIFEST), MOST_MANIFEST_BYTES)
            .orElseThrow(() -> damaged(folder, "no `bundle.json`"));
    if (!Sha256.of(json).equals(manifestSha256)) {
      throw damaged(folder, "another `bundle.json` than was installed");
    }
    BundleManifest manifest = BundleManifest.read(json);
    for (BundleManifest.Entry entry : manifest.entries().values()) {
      Disk.Input opened =
          disk.open(folder.resolve(entry.path()))
              .orElseThrow(() -> damaged(folder, "no `" + entry.path() + "`"));
      try (Disk.Input input = opened) {
        if (input.size() != entry.bytes() || !Sha256.of(input).equals(entry.sha256())) {
          throw damaged(folder, "`" + entry.path() + "` has changed");
        }
      }
    }
    return new Installed(bundle, manifestSha256, manifest);
  }

  private void unpack(
      Disk.Input input,
      Map<String, BundleArchive.Entry> archive,
      BundleManifest manifest,
      byte[] json,
      Path folder) {
    Set<Path> folders = new TreeSet<>(Set.of(folder));
    deleteTree(folder);
    disk.makeFolder(folder);
    for (BundleManifest.Entry entry : manifest.entries().values()) {
      Path file = folder.resolve(entry.path());
      makeParents(folder, file, folders);
      long offset = Objects.requireNonNull(archive.get(entry.path())).offset();
      Disk.Access access = entry.executable() ? Disk.Access.EXECUTABLE : Disk.Access.SHARED;
      try (Disk.Output output = disk.create(file, access)) {
        BundleCheck.copy(input, offset, entry, output::write);
        output.sync();
      }
    }
    try (Disk.Output output =
        disk.create(folder.resolve(BundleCheck.MANIFEST), Disk.Access.SHARED)) {
      output.write(json, 0, json.length);
      output.sync();
    }
    folders.forEach(disk::syncFolder);
  }

  private void makeParents(Path top, Path file, Set<Path> made) {
    Path parent = Objects.requireNonNull(file.getParent());
    if (!parent.equals(top) && made.add(parent)) {
      makeParents(top, parent, made);
      disk.makeFolder(parent);
    }
  }

  private void deleteTree(Path path) {
    if (disk.isFolder(path)) {
      for (String name : disk.list(path)) {
        deleteTree(path.resolve(name));
      }
    }
    disk.delete(path);
  }

  private static DeviceException damaged(Path folder, String seen) {
    return new DeviceException(
        DeviceErrorCode.INSTALLED_BUNDLE_DAMAGED,
        "folder `" + folder + "`",
        seen,
        "the files that were installed",
        "the next `sync` installs it again; if it happens more often, the disk is failing");
  }
}
