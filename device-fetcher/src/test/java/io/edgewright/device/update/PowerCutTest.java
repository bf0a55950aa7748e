package io.edgewright.device.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.testing.CrashImages;
import io.edgewright.device.testing.FlawedDisk;
import io.edgewright.device.testing.ModelDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts the power at every step of an installation, in every way that a disk may take it. */
@Tag("slow")
class PowerCutTest {
  private static final boolean SOAK = Boolean.getBoolean("edgewright.soak");
  private static final int IMAGES = SOAK ? 100_000 : 4_000;
  private static final int MOST_PER_MOMENT = SOAK ? 200 : 40;

  @TempDir Path folder;

  @BeforeEach
  void makeRoomForTheLocks() throws IOException {
    Files.createDirectory(home());
  }

  @Test
  void leavesTheOldBundleOrTheNewOneWhole() {
    CrashSearch search = new CrashSearch(home(), disk -> disk, MOST_PER_MOMENT);
    for (long seed = 0; search.images() < IMAGES && search.problems().isEmpty(); seed++) {
      search.live(seed);
    }

    assertThat(search.problems()).isEmpty();
    assertThat(search.images()).isGreaterThanOrEqualTo(IMAGES);
  }

  @ParameterizedTest
  @EnumSource
  void noticesABug(FlawedDisk.Bug bug) {
    CrashSearch search =
        new CrashSearch(home(), disk -> new FlawedDisk(disk, bug, home()), MOST_PER_MOMENT);
    for (long seed = 0; seed < 20 && search.problems().isEmpty(); seed++) {
      search.live(seed);
    }

    assertThat(search.problems()).hasSize(1);
  }

  @Test
  void keepsTheKeyThatAClaimWasUsedWith() {
    ModelDisk disk = new ModelDisk();
    disk.makeFolder(folder);
    ModelDisk machine = CrashImages.whole(disk);
    OfflineDevice device = new OfflineDevice(machine, home());
    device.store().prepare();
    DeviceKey key = DeviceKey.generate();
    device.store().saveKey(key);

    List<ModelDisk> images = CrashImages.of(machine, 200, new Random(1));

    assertThat(images).isNotEmpty();
    for (ModelDisk image : images) {
      assertThat(new OfflineDevice(image, home()).store().key().orElseThrow().thumbprint())
          .isEqualTo(key.thumbprint());
    }
  }

  private Path home() {
    return folder.resolve("home");
  }
}
