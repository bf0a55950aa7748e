package io.edgewright.device.update;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.store.Slots;
import io.edgewright.device.testing.CrashImages;
import io.edgewright.device.testing.ModelDisk;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random lives of a device, and at every moment of them every way in which the power may go.
 *
 * <p>An image is sound when its pointer names a whole bundle that may be active at that moment,
 * when the bundle that was proven to work is still there, and when the device finds its way from
 * there to what it was about to do.
 */
final class CrashSearch {
  private static final int CHAPTERS = 5;
  private static final List<byte[]> BUNDLES =
      IntStream.range(0, 8)
          .mapToObj(number ->
              ToyBundle.named("number" + number)
                  .weighing(number % 2 == 0 ? 70_000 : 500, number)
                  .zip())
          .toList();

  /**
   * One thing that a device does.
   *
   * @param again how it is brought to its end after a power cut
   * @param allowed what may be active while it is done
   * @param kept what must be there all the time, active or last good
   * @param wanted what is active afterwards
   */
  private record Chapter(
      String name,
      Consumer<OfflineDevice> deed,
      Consumer<OfflineDevice> again,
      Set<String> allowed,
      Optional<String> kept,
      String wanted) {
    /** Nothing of it may be lost any more. */
    Chapter done() {
      return new Chapter(name + ", done", deed, again, Set.of(wanted), kept, wanted);
    }
  }

  private final Path folder;
  private final UnaryOperator<Disk> program;
  private final int mostPerMoment;
  private final Set<List<Object>> seen = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Prepares a search.
   *
   * @param folder for the lock files; everything else is in the model
   * @param program what the program under test makes of the disk
   */
  CrashSearch(Path folder, UnaryOperator<Disk> program, int mostPerMoment) {
    this.folder = folder;
    this.program = program;
    this.mostPerMoment = mostPerMoment;
  }

  /** How many different disks were looked at. */
  int images() {
    return seen.size();
  }

  List<String> problems() {
    return problems;
  }

  /** The same life for the same seed. Half of the chapters end in a power cut. */
  void live(long seed) {
    Random random = new Random(seed);
    ModelDisk disk = firstDay();
    for (int number = 0; number < CHAPTERS && problems.isEmpty(); number++) {
      Chapter chapter = next(new OfflineDevice(disk, folder).slots(), random);
      disk = go(disk, chapter, "life " + seed + ", chapter " + number, random);
    }
  }

  private ModelDisk firstDay() {
    ModelDisk disk = new ModelDisk();
    disk.makeFolder(Objects.requireNonNull(folder.getParent()));
    OfflineDevice device = new OfflineDevice(disk, folder);
    device.store().prepare();
    device.install(BUNDLES.get(0), true);
    device.confirm();
    return CrashImages.whole(disk);
  }

  private Chapter next(Slots slots, Random random) {
    String active = slots.active().orElseThrow().bundle();
    Optional<String> lastGood = slots.lastGood().map(Slots.Slot::bundle);
    boolean proven = slots.active().orElseThrow().confirmed();
    Optional<String> kept = proven ? Optional.of(active) : lastGood;
    List<byte[]> others =
        BUNDLES.stream()
            .filter(bundle -> !SigningKey.sha256(bundle).equals(active))
            .filter(bundle -> slots.refusal(SigningKey.sha256(bundle)).isEmpty())
            .toList();
    byte[] other = others.get(random.nextInt(others.size()));
    String wanted = SigningKey.sha256(other);
    boolean ranges = random.nextInt(4) > 0;
    int die = random.nextInt(10);
    if (die == 0) {
      return new Chapter(
          "refuse",
          device -> device.installInVain(other),
          device -> {},
          Set.of(active),
          kept,
          active);
    }
    if (die == 1 && lastGood.isPresent()) {
      return new Chapter(
          "roll back",
          OfflineDevice::rollBack,
          OfflineDevice::rollBack,
          Set.of(active, lastGood.get()),
          lastGood,
          lastGood.get());
    }
    if (die < 4 && !proven) {
      return new Chapter(
          "confirm", OfflineDevice::confirm, OfflineDevice::confirm, Set.of(active), kept, active);
    }
    return new Chapter(
        "install",
        device -> device.install(other, ranges),
        device -> device.install(other, true),
        Set.of(active, wanted),
        kept,
        wanted);
  }

  /** Lives through a chapter, then looks at every image of every moment of it. */
  private ModelDisk go(ModelDisk disk, Chapter chapter, String where, Random random) {
    List<ModelDisk> during = new ArrayList<>();
    disk.beforeEachStep(() -> during.addAll(unseen(disk, chapter, random)));
    chapter.deed().accept(new OfflineDevice(program.apply(disk), folder));
    disk.beforeEachStep(() -> {});
    Chapter done = chapter.done();
    List<ModelDisk> afterwards = unseen(disk, done, random);
    ModelDisk next =
        random.nextBoolean() || during.isEmpty()
            ? CrashImages.whole(disk)
            : CrashImages.whole(during.get(random.nextInt(during.size())));
    during.forEach(image -> check(image, chapter, where));
    afterwards.forEach(image -> check(image, done, where));
    return next;
  }

  private List<ModelDisk> unseen(ModelDisk disk, Chapter chapter, Random random) {
    return CrashImages.of(disk, mostPerMoment, random).stream()
        .filter(image ->
            seen.add(List.of(CrashImages.fingerprint(image), chapter.allowed(), chapter.kept())))
        .toList();
  }

  private void check(ModelDisk image, Chapter chapter, String where) {
    if (!problems.isEmpty()) {
      return;
    }
    try {
      OfflineDevice device = new OfflineDevice(image, folder);
      expectSound(device, chapter);
      device.recover();
      expectSound(device, chapter);
      if (!device.slots().isActive(chapter.wanted())) {
        chapter.again().accept(device);
      }
      expectDone(device, chapter);
    } catch (RuntimeException problem) {
      problems.add(where + ", " + chapter.name() + ": " + problem);
    }
  }

  private static void expectSound(OfflineDevice device, Chapter chapter) {
    Slots slots = device.slots();
    slots.active().ifPresent(device::verify);
    slots.lastGood().ifPresent(device::verify);
    String active = slots.active().map(Slots.Slot::bundle).orElse("nothing");
    if (!chapter.allowed().contains(active)) {
      throw new IllegalStateException(active + " is active");
    }
    if (chapter.kept().filter(kept -> !named(slots).contains(kept)).isPresent()) {
      throw new IllegalStateException("the proven bundle is gone");
    }
  }

  private static void expectDone(OfflineDevice device, Chapter chapter) {
    Slots slots = device.slots();
    slots.active().ifPresent(device::verify);
    slots.lastGood().ifPresent(device::verify);
    if (!slots.isActive(chapter.wanted())) {
      throw new IllegalStateException("does not get to " + chapter.wanted());
    }
    device.recover();
    if (!named(slots).equals(new TreeSet<>(device.bundlesOnDisk()))) {
      throw new IllegalStateException("left behind: " + device.bundlesOnDisk());
    }
  }

  private static Set<String> named(Slots slots) {
    Set<String> named = new TreeSet<>();
    Stream.of(slots.active(), slots.lastGood())
        .flatMap(Optional::stream)
        .forEach(slot -> named.add(slot.bundle()));
    return named;
  }
}
