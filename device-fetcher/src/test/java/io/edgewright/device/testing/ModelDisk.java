package io.edgewright.device.testing;

import io.edgewright.device.disk.Disk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what has not reached the medium yet: the writes to a file since its
 * last sync, the changes of names in a folder since the folder's last sync. {@link CrashImages}
 * says what may be left of it when the power is cut.
 */
public final class ModelDisk implements Disk {
  /** What a name stands for. */
  sealed interface Node permits File, Folder {}

  /**
   * Bytes as programs see them and as of the last sync, how many of those were never cut off or
   * written again since, and where the last write began.
   */
  static final class File implements Node {
    byte[] bytes = new byte[0];
    byte[] safe = new byte[0];
    int intact;
    int lastWrite;
    boolean isSynced = true;
  }

  /** Names as programs see them, as of the last sync, and the changes in between. */
  static final class Folder implements Node {
    final Map<String, Node> names = new TreeMap<>();
    Map<String, Node> safe = new TreeMap<>();
    final List<Change> changes = new ArrayList<>();

    void change(String name, Optional<Node> node) {
      Change change = new Change(name, node);
      changes.add(change);
      change.applyTo(names);
    }
  }

  /** A name that is given to a node, or taken away. Renaming is one of each. */
  record Change(String name, Optional<Node> node) {
    void applyTo(Map<String, Node> all) {
      node.ifPresentOrElse(given -> all.put(name, given), () -> all.remove(name));
    }
  }

  private final Folder root;
  private Runnable beforeEachStep = () -> {};

  public ModelDisk() {
    this(new Folder());
  }

  ModelDisk(Folder root) {
    this.root = root;
  }

  Folder root() {
    return root;
  }

  /** What to do whenever something is about to change: the moments at which the power can go. */
  public void beforeEachStep(Runnable watcher) {
    beforeEachStep = watcher;
  }

  @Override
  public Output create(Path file, Access access) {
    beforeEachStep.run();
    File created = new File();
    parent(file).change(name(file), Optional.of(created));
    return new FileOutput(created);
  }

  @Override
  public Output append(Path file, long keep) {
    beforeEachStep.run();
    Folder folder = parent(file);
    if (!(folder.names.get(name(file)) instanceof File)) {
      folder.change(name(file), Optional.of(new File()));
    }
    File appended = (File) Objects.requireNonNull(folder.names.get(name(file)));
    appended.bytes = Arrays.copyOf(appended.bytes, (int) keep);
    appended.intact = (int) Math.min(appended.intact, keep);
    appended.lastWrite = (int) keep;
    appended.isSynced = false;
    return new FileOutput(appended);
  }

  @Override
  public Optional<Input> open(Path file) {
    Folder folder = folder(file.getParent());
    return folder != null && folder.names.get(name(file)) instanceof File found
        ? Optional.of(new BytesInput(found.bytes))
        : Optional.empty();
  }

  @Override
  public void makeFolder(Path folder) {
    Folder at = root;
    for (Path part : folder) {
      if (!(at.names.get(part.toString()) instanceof Folder)) {
        beforeEachStep.run();
        at.change(part.toString(), Optional.of(new Folder()));
      }
      at = (Folder) Objects.requireNonNull(at.names.get(part.toString()));
    }
  }

  @Override
  public List<String> list(Path path) {
    Folder folder = folder(path);
    return folder == null ? List.of() : List.copyOf(folder.names.keySet());
  }

  @Override
  public boolean isFolder(Path path) {
    return folder(path) != null;
  }

  @Override
  public void rename(Path from, Path to) {
    beforeEachStep.run();
    Node moved = Objects.requireNonNull(parent(from).names.get(name(from)), "nothing at " + from);
    expectEmpty(to);
    parent(to).change(name(to), Optional.of(moved));
    parent(from).change(name(from), Optional.empty());
  }

  @Override
  public void delete(Path path) {
    beforeEachStep.run();
    expectEmpty(path);
    if (parent(path).names.containsKey(name(path))) {
      parent(path).change(name(path), Optional.empty());
    }
  }

  @Override
  public void syncFolder(Path path) {
    beforeEachStep.run();
    Folder folder = Objects.requireNonNull(folder(path), "no folder " + path);
    folder.safe = new TreeMap<>(folder.names);
    folder.changes.clear();
  }

  @Override
  public long freeBytes(Path folder) {
    return 1L << 30;
  }

  /** A folder with something in it is neither deleted nor replaced, as on a real disk. */
  private void expectEmpty(Path path) {
    Folder folder = folder(path);
    if (folder != null && !folder.names.isEmpty()) {
      throw new IllegalStateException("folder not empty: " + path);
    }
  }

  private Folder parent(Path path) {
    return Objects.requireNonNull(folder(path.getParent()), "no folder for " + path);
  }

  private @Nullable Folder folder(@Nullable Path path) {
    Folder at = root;
    for (Path part : path == null ? Path.of("") : path) {
      if (!(at.names.get(part.toString()) instanceof Folder next)) {
        return null;
      }
      at = next;
    }
    return at;
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  private final class FileOutput implements Output {
    private final File file;

    FileOutput(File file) {
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      beforeEachStep.run();
      file.isSynced = false;
      file.lastWrite = file.bytes.length;
      file.bytes = Arrays.copyOf(file.bytes, file.lastWrite + count);
      System.arraycopy(bytes, offset, file.bytes, file.lastWrite, count);
    }

    @Override
    public void sync() {
      beforeEachStep.run();
      file.safe = file.bytes;
      file.intact = file.bytes.length;
      file.isSynced = true;
    }

    @Override
    public void close() {}
  }
}
