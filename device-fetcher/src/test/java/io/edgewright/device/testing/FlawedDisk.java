package io.edgewright.device.testing;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Turns what a sound program does to a disk into what a program with a bug would do. */
public final class FlawedDisk extends ForwardingDisk {
  /** Mistakes that are easily made in an installation, and seen by no test that cuts no power. */
  public enum Bug {
    FILES_NOT_SYNCED,
    FOLDERS_NOT_SYNCED,
    POINTER_NOT_SYNCED,
    POINTER_SAFE_BEFORE_DATA,
    POINTER_WRITTEN_IN_PLACE,
    CHECKED_AND_SYNCED_BEFORE_THE_LAST_WRITE,
    LAST_GOOD_REMOVED_TOO_EARLY
  }

  private final Bug bug;
  private final Path home;
  private final Path bundles;
  private final Path pointer;
  private final Deque<Runnable> late = new ArrayDeque<>();
  private Optional<Path> newest = Optional.empty();

  public FlawedDisk(Disk disk, Bug bug, Path home) {
    super(disk);
    this.bug = bug;
    this.home = home;
    this.bundles = home.resolve("bundles");
    this.pointer = home.resolve("slots.json");
  }

  @Override
  public Output create(Path file, Access access) {
    if (bug == Bug.LAST_GOOD_REMOVED_TOO_EARLY && isFreshPointer(file)) {
      newest.ifPresent(this::removeAllBut);
    }
    return new FlawedOutput(super.create(file, access), file.startsWith(bundles));
  }

  @Override
  public void rename(Path from, Path to) {
    if (bug == Bug.POINTER_WRITTEN_IN_PLACE && to.equals(pointer)) {
      byte[] content = SmallFile.read(this, from, 1 << 20).orElseThrow();
      try (Output output = super.create(to, Access.SHARED)) {
        output.write(content, 0, content.length);
        output.sync();
      }
      delete(from);
      return;
    }
    super.rename(from, to);
    newest = to.startsWith(bundles) ? Optional.of(to) : newest;
  }

  @Override
  public void syncFolder(Path folder) {
    if (bug == Bug.POINTER_SAFE_BEFORE_DATA && folder.startsWith(bundles)) {
      Path renamed = Path.of(folder.toString().replace(".new", ""));
      late.add(() -> super.syncFolder(isFolder(folder) ? folder : renamed));
      return;
    }
    boolean forgotten =
        bug == Bug.FOLDERS_NOT_SYNCED || (bug == Bug.POINTER_NOT_SYNCED && folder.equals(home));
    if (!forgotten) {
      super.syncFolder(folder);
    }
    while (folder.equals(home) && !late.isEmpty()) {
      late.remove().run();
    }
  }

  private boolean isFreshPointer(Path file) {
    return file.equals(pointer.resolveSibling("slots.json.new"));
  }

  private void removeAllBut(Path kept) {
    newest = Optional.empty();
    for (String name : list(bundles)) {
      if (!bundles.resolve(name).equals(kept)) {
        removeTree(bundles.resolve(name));
      }
    }
    syncFolder(bundles);
  }

  private void removeTree(Path path) {
    list(path).forEach(name -> removeTree(path.resolve(name)));
    delete(path);
  }

  private final class FlawedOutput implements Output {
    private final Output output;
    private final boolean isOfABundle;
    private byte[] heldBack = new byte[0];

    FlawedOutput(Output output, boolean isOfABundle) {
      this.output = output;
      this.isOfABundle = isOfABundle;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      if (bug == Bug.CHECKED_AND_SYNCED_BEFORE_THE_LAST_WRITE && isOfABundle) {
        flush();
        heldBack = new byte[count];
        System.arraycopy(bytes, offset, heldBack, 0, count);
      } else {
        output.write(bytes, offset, count);
      }
    }

    @Override
    public void sync() {
      if (bug == Bug.POINTER_SAFE_BEFORE_DATA && isOfABundle) {
        late.add(output::sync);
      } else if (bug != Bug.FILES_NOT_SYNCED) {
        output.sync();
      }
    }

    @Override
    public void close() {
      flush();
      output.close();
    }

    private void flush() {
      output.write(heldBack, 0, heldBack.length);
      heldBack = new byte[0];
    }
  }
}
