package io.edgewright.device.testing;

import io.edgewright.device.disk.Disk;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what would survive a power cut: the bytes of a file as of its last
 * sync, the names in a folder as of the folder's last sync. The power can be cut before any step.
 */
public final class ModelDisk implements Disk {
  /**
   * What of the steps that were not synced happens to be on the medium after the cut. A disk may
   * write bytes before names or names before bytes, and the names of one folder before another's.
   *
   * @param bytes whether unsynced bytes of files survive
   * @param names in which folders unsynced names survive
   */
  public record Survives(boolean bytes, Predicate<Path> names) {
    public static final Survives EVERYTHING = new Survives(true, folder -> true);
  }

  /** Faults of a disk, or of a program that forgets to ask for safety. */
  public enum Flaw {
    FILES_ARE_NOT_SYNCED,
    FOLDERS_ARE_NOT_SYNCED
  }

  /** Thrown in place of the step at which the power goes. */
  public static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class File {
    byte[] bytes = new byte[0];
    byte[] safe = new byte[0];
  }

  private static final class Folder {
    Map<String, Object> names = new TreeMap<>();
    Map<String, Object> safe = new TreeMap<>();
  }

  private final Folder root;
  private final Set<Flaw> flaws;
  private int stepsLeft = Integer.MAX_VALUE;
  private int steps;

  public ModelDisk(Flaw... flaws) {
    this(new Folder(), EnumSet.noneOf(Flaw.class));
    this.flaws.addAll(List.of(flaws));
  }

  private ModelDisk(Folder root, Set<Flaw> flaws) {
    this.root = root;
    this.flaws = flaws;
  }

  /** Cuts the power before the step after this many. */
  public void cutAfter(int count) {
    stepsLeft = count;
  }

  public int steps() {
    return steps;
  }

  /** The disk as it is found when the power is back. */
  public ModelDisk afterCut(Survives survives) {
    return new ModelDisk((Folder) copy(root, Path.of("/"), survives), flaws);
  }

  /** Everything written so far is safe. */
  public ModelDisk settled() {
    return afterCut(Survives.EVERYTHING);
  }

  @Override
  public Output create(Path file, Access access) {
    step();
    File created = new File();
    parent(file).names.put(name(file), created);
    return new FileOutput(created);
  }

  @Override
  public Output append(Path file, long keep) {
    step();
    Object found = parent(file).names.computeIfAbsent(name(file), missing -> new File());
    File appended = (File) found;
    appended.bytes = Arrays.copyOf(appended.bytes, (int) keep);
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
    step();
    Folder at = root;
    for (Path part : folder) {
      at = (Folder) at.names.computeIfAbsent(part.toString(), missing -> new Folder());
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
    step();
    Object moved = parent(from).names.remove(name(from));
    parent(to).names.put(name(to), Objects.requireNonNull(moved, "nothing at " + from));
  }

  @Override
  public void delete(Path path) {
    step();
    Folder folder = folder(path);
    if (folder != null && !folder.names.isEmpty()) {
      throw new IllegalStateException("folder not empty: " + path);
    }
    parent(path).names.remove(name(path));
  }

  @Override
  public void syncFolder(Path path) {
    step();
    if (!flaws.contains(Flaw.FOLDERS_ARE_NOT_SYNCED)) {
      Folder folder = Objects.requireNonNull(folder(path), "no folder " + path);
      folder.safe = new TreeMap<>(folder.names);
    }
  }

  @Override
  public long freeBytes(Path folder) {
    return 1L << 30;
  }

  private void step() {
    if (stepsLeft-- == 0) {
      throw new PowerCut();
    }
    steps++;
  }

  private static Object copy(Object node, Path path, Survives survives) {
    if (node instanceof File file) {
      File copy = new File();
      copy.bytes = survives.bytes() ? file.bytes : file.safe;
      copy.safe = copy.bytes;
      return copy;
    }
    Folder folder = (Folder) node;
    Folder copy = new Folder();
    (survives.names().test(path) ? folder.names : folder.safe)
        .forEach((name, child) -> copy.names.put(name, copy(child, path.resolve(name), survives)));
    copy.safe = new TreeMap<>(copy.names);
    return copy;
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
      if (stepsLeft == 0) {
        append(bytes, offset, count / 2); // the last write is torn
      }
      step();
      append(bytes, offset, count);
    }

    @Override
    public void sync() {
      step();
      if (!flaws.contains(Flaw.FILES_ARE_NOT_SYNCED)) {
        file.safe = file.bytes;
      }
    }

    @Override
    public void close() {}

    private void append(byte[] bytes, int offset, int count) {
      int before = file.bytes.length;
      file.bytes = Arrays.copyOf(file.bytes, before + count);
      System.arraycopy(bytes, offset, file.bytes, before, count);
    }
  }
}
