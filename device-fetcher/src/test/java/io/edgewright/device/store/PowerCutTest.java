package io.edgewright.device.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.testing.ModelDisk;
import io.edgewright.device.testing.ModelDisk.Flaw;
import io.edgewright.device.testing.ModelDisk.PowerCut;
import io.edgewright.device.testing.ModelDisk.Survives;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts the power before every single step of an installation. */
class PowerCutTest {
  private static final byte[] OLD = ToyBundle.named("old").zip();
  private static final byte[] NEW = ToyBundle.named("new").weighing(70_000, 1).zip();
  private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir Path folder; // for the lock files; everything else is in the model

  @Test
  void leavesTheOldBundleOrTheNewOneWhole() {
    int images = 0;
    int broken = 0;
    for (int step = 0; step <= stepsOf(readyForNew()); step++) {
      for (Survives survives : images()) {
        images++;
        broken += problemAfterCut(readyForNew(), step, survives).isPresent() ? 1 : 0;
      }
    }

    assertThat(images).isGreaterThan(200);
    assertThat(broken).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void noticesAProgramThatForgetsToSync(Flaw flaw) {
    List<String> problems = new ArrayList<>();
    for (int step = 0; step <= stepsOf(readyForNew(flaw)); step++) {
      for (Survives survives : images()) {
        problemAfterCut(readyForNew(flaw), step, survives).ifPresent(problems::add);
      }
    }

    assertThat(problems).isNotEmpty();
  }

  @Test
  void finishesAfterTheSecondTryWhateverTheFirstLeftBehind() {
    for (int step = 0; step < stepsOf(readyForNew()); step++) {
      ModelDisk disk = readyForNew();
      cut(disk, step);
      ModelDisk found = disk.afterCut(Survives.EVERYTHING);
      if (!store(found).slots().isActive(SigningKey.sha256(NEW))) {
        installNew(found);
      }

      assertThat(activeName(found)).isEqualTo("new");
      assertThat(found.list(home().bundles())).hasSize(2);
    }
  }

  /** Bytes first or names first, and in either order between the home folder and those in it. */
  private List<Survives> images() {
    List<Survives> images = new ArrayList<>();
    for (boolean bytes : new boolean[] {true, false}) {
      images.add(new Survives(bytes, path -> true));
      images.add(new Survives(bytes, path -> false));
      images.add(new Survives(bytes, folder::equals));
      images.add(new Survives(bytes, path -> !path.equals(folder)));
    }
    return images;
  }

  private Optional<String> problemAfterCut(ModelDisk disk, int step, Survives survives) {
    cut(disk, step);
    ModelDisk found = disk.afterCut(survives);
    try {
      String active = activeName(found);
      store(found).slots().lastGood().ifPresent(slot -> shelf(found).verify(slot));
      return active.equals("old") || active.equals("new") ? Optional.empty() : Optional.of(active);
    } catch (DeviceException | NoSuchElementException exception) {
      return Optional.of(String.valueOf(exception.getMessage()));
    }
  }

  private void cut(ModelDisk disk, int step) {
    disk.cutAfter(step);
    try {
      installNew(disk);
    } catch (PowerCut expected) {
      // the device is dark now
    }
  }

  private int stepsOf(ModelDisk disk) {
    int before = disk.steps();
    installNew(disk);
    return disk.steps() - before;
  }

  private ModelDisk readyForNew(Flaw... flaws) {
    ModelDisk disk = new ModelDisk(flaws);
    Path at = Path.of("");
    for (Path part : folder) {
      at = at.resolve(part);
      disk.makeFolder(at);
    }
    store(disk).prepare();
    put(disk, OLD);
    install(disk, OLD);
    put(disk, NEW);
    return disk.settled();
  }

  private void put(ModelDisk disk, byte[] bundle) {
    try (Disk.Output output = disk.append(shelf(disk).download(SigningKey.sha256(bundle)), 0)) {
      output.write(bundle, 0, bundle.length);
    }
  }

  private void installNew(ModelDisk disk) {
    install(disk, NEW);
  }

  private void install(ModelDisk disk, byte[] bundle) {
    Store store = store(disk);
    BundleShelf shelf = shelf(disk);
    shelf.recover(store.slots());
    BundleShelf.Installed installed = shelf.install(SigningKey.sha256(bundle), bundle.length);
    store.updateSlots(slots -> slots.activate(installed.slot(AT)));
    shelf.dropDownloads(Optional.empty());
    shelf.recover(store.slots());
  }

  private String activeName(ModelDisk disk) {
    return shelf(disk).verify(store(disk).slots().active().orElseThrow()).manifest().name();
  }

  private Home home() {
    return new Home(folder);
  }

  private Store store(Disk disk) {
    return new Store(disk, home());
  }

  private BundleShelf shelf(Disk disk) {
    return new BundleShelf(disk, home());
  }
}
