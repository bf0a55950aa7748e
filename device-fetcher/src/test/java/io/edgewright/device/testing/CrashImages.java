package io.edgewright.device.testing;

import io.edgewright.device.testing.ModelDisk.Change;
import io.edgewright.device.testing.ModelDisk.File;
import io.edgewright.device.testing.ModelDisk.Folder;
import io.edgewright.device.testing.ModelDisk.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The disks that a power cut may leave behind at one moment.
 *
 * <p>Nothing is assumed but what a sync promises. Of a file's bytes since its last sync there may
 * be none, all, all but half of the last write, the length without the bytes, or later blocks
 * without earlier ones. Of the changes of a folder's names since its last sync any part may be
 * there, not even the two halves of a rename together. All that holds for every file and every
 * folder by itself: bytes without names, names without bytes, folders in any order.
 */
public final class CrashImages {
  /**
   * What may have more than one fate; fate 0 is "as of the last sync".
   *
   * @param subject a {@link File} or a {@link Change}
   * @param latest the fate that programs saw
   */
  private record Open(Object subject, int fates, int latest) {}

  private final ModelDisk disk;
  private final List<Open> open = new ArrayList<>();
  private final IdentityHashMap<File, List<byte[]>> contents = new IdentityHashMap<>();
  private final Set<Folder> folders = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Object, Integer> fates = new IdentityHashMap<>();

  private CrashImages(ModelDisk disk) {
    this.disk = disk;
    find(disk.root());
  }

  /** All of them; where there are more than {@code most}, the extremes and a random share. */
  public static List<ModelDisk> of(ModelDisk disk, int most, RandomGenerator random) {
    CrashImages images = new CrashImages(disk);
    return images.choices(most, random).stream().map(images::image).toList();
  }

  /** The disk without a power cut, everything on the medium. */
  public static ModelDisk whole(ModelDisk disk) {
    CrashImages images = new CrashImages(disk);
    return images.image(images.latest());
  }

  /** The same for the same names and bytes. */
  public static long fingerprint(ModelDisk disk) {
    return fingerprint(disk.root());
  }

  /** Everything that is open, whether its name is seen already, still, or never again. */
  private void find(Node node) {
    if (node instanceof File file && !contents.containsKey(file)) {
      List<byte[]> possible = possibleContents(file);
      contents.put(file, possible);
      add(file, possible.size(), indexOf(possible, file.bytes));
    }
    if (node instanceof Folder folder && folders.add(folder)) {
      folder.safe.values().forEach(this::find);
      for (Change change : folder.changes) {
        add(change, 2, 1);
        change.node().ifPresent(this::find);
      }
    }
  }

  private void add(Object subject, int count, int latest) {
    if (count > 1) {
      open.add(new Open(subject, count, latest));
    }
  }

  private static List<byte[]> possibleContents(File file) {
    if (file.isSynced) {
      return List.of(file.bytes);
    }
    byte[] seen = file.bytes;
    byte[] torn = Arrays.copyOf(seen, (file.lastWrite + seen.length) / 2);
    byte[] hollow = seen.clone();
    Arrays.fill(hollow, file.intact, seen.length, (byte) 0);
    byte[] late = seen.clone();
    Arrays.fill(late, file.intact, (file.intact + seen.length) / 2, (byte) 0);
    List<byte[]> different = new ArrayList<>();
    for (byte[] content : List.of(file.safe, seen, torn, hollow, late)) {
      if (indexOf(different, content) < 0) {
        different.add(content);
      }
    }
    return different;
  }

  private static int indexOf(List<byte[]> contents, byte[] wanted) {
    for (int index = 0; index < contents.size(); index++) {
      if (Arrays.equals(contents.get(index), wanted)) {
        return index;
      }
    }
    return -1;
  }

  /** For each image one fate for each open subject. */
  private List<int[]> choices(int most, RandomGenerator random) {
    double all = open.stream().mapToDouble(Open::fates).reduce(1, (a, b) -> a * b);
    List<int[]> choices = new ArrayList<>();
    if (all <= most) {
      for (int number = 0; number < all; number++) {
        choices.add(digits(number));
      }
      return choices;
    }
    choices.addAll(extremes());
    while (choices.size() < most) {
      choices.add(open.stream().mapToInt(subject -> random.nextInt(subject.fates())).toArray());
    }
    return choices;
  }

  private int[] digits(int number) {
    int[] digits = new int[open.size()];
    int rest = number;
    for (int index = 0; index < digits.length; index++) {
      digits[index] = rest % open.get(index).fates();
      rest /= open.get(index).fates();
    }
    return digits;
  }

  /** Nothing, everything, all bytes and no names, all names and no bytes. */
  private List<int[]> extremes() {
    int[] bytes = latest();
    int[] names = latest();
    for (int index = 0; index < bytes.length; index++) {
      boolean isFile = open.get(index).subject() instanceof File;
      bytes[index] = isFile ? bytes[index] : 0;
      names[index] = isFile ? 0 : names[index];
    }
    return List.of(new int[bytes.length], latest(), bytes, names);
  }

  private int[] latest() {
    return open.stream().mapToInt(Open::latest).toArray();
  }

  private ModelDisk image(int[] choice) {
    for (int index = 0; index < choice.length; index++) {
      fates.put(open.get(index).subject(), choice[index]);
    }
    return new ModelDisk(survivor(disk.root()));
  }

  private Folder survivor(Folder folder) {
    Map<String, Node> names = new TreeMap<>(folder.safe);
    for (Change change : folder.changes) {
      if (fates.getOrDefault(change, 0) == 1) {
        change.applyTo(names);
      }
    }
    Folder survivor = new Folder();
    names.forEach((name, child) ->
        survivor.names.put(
            name, child instanceof Folder inner ? survivor(inner) : survivor((File) child)));
    survivor.safe = new TreeMap<>(survivor.names);
    return survivor;
  }

  private File survivor(File file) {
    File survivor = new File();
    survivor.bytes = contents.getOrDefault(file, List.of()).get(fates.getOrDefault(file, 0));
    survivor.safe = survivor.bytes;
    survivor.intact = survivor.bytes.length;
    return survivor;
  }

  private static long fingerprint(Node node) {
    long print = 1;
    if (node instanceof File file) {
      print = 31L * file.bytes.length + Arrays.hashCode(file.bytes);
    } else if (node instanceof Folder folder) {
      for (Map.Entry<String, Node> entry : folder.names.entrySet()) {
        print = print * 0x9e3779b97f4a7c15L + entry.getKey().hashCode();
        print = (print ^ (print >>> 29)) * 0xbf58476d1ce4e5b9L + fingerprint(entry.getValue());
      }
    }
    return print;
  }
}
