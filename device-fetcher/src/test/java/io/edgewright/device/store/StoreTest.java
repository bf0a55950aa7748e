package io.edgewright.device.store;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.identity.DeviceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path temporary;
  private Store store = new Store(new LocalDisk(), new Home(Path.of("")));
  private Path folder = Path.of("");

  @BeforeEach
  void prepare() {
    folder = temporary.resolve("home");
    store = new Store(new LocalDisk(), new Home(folder));
    store.prepare();
  }

  @Test
  void keepsTheKeyFromEverybodyElse() throws IOException {
    DeviceKey key = DeviceKey.generate();
    store.saveKey(key);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("device.key"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(store.key().map(DeviceKey::thumbprint)).contains(key.thumbprint());
  }

  @Test
  void refusesADamagedKey() throws IOException {
    store.saveKey(DeviceKey.generate());
    Files.writeString(folder.resolve("device.key"), "no key");

    assertRefused(DeviceErrorCode.HOME_DAMAGED, store::key);
  }

  @Test
  void refusesADamagedEnrolment() throws IOException {
    Files.writeString(folder.resolve("enrolment.json"), "{\"service\":1}");

    assertRefused(DeviceErrorCode.HOME_DAMAGED, store::enrolment);
  }

  @Test
  void startsAnewWhenStateOrPointerIsDamaged() throws IOException {
    Files.writeString(folder.resolve("slots.json"), "\0\0\0\0");
    Files.writeString(folder.resolve("state.json"), "");

    assertThat(store.slots()).isEqualTo(Slots.EMPTY);
    assertThat(store.state()).isEqualTo(SyncState.NEVER);
  }

  @Test
  void keepsReportsInOrderAndNotForever() {
    for (int index = 0; index < 130; index++) {
      store.addReport(Map.of("event", "number " + index));
    }

    assertThat(store.reports()).hasSize(100);
    String last = store.reports().get(99);
    assertThat(store.report(last).map(json -> new String(json, StandardCharsets.UTF_8)))
        .contains("{\"event\":\"number 129\"}");
  }

  @Test
  void letsOnlyOneProcessSync() {
    store.whileSyncing(
        Duration.ZERO,
        () -> {
          assertRefused(
              DeviceErrorCode.HOME_BUSY, () -> store.whileSyncing(Duration.ZERO, () -> "in"));
          return "done";
        });

    assertThat(store.<String>whileSyncing(Duration.ZERO, () -> "in")).isEqualTo("in");
  }

  @Test
  void saysWhichFolderCannotBeUsed() throws IOException {
    Path file = temporary.resolve("file");
    Files.writeString(file, "");

    assertRefused(
        DeviceErrorCode.HOME_UNUSABLE, () -> new Store(new LocalDisk(), new Home(file)).prepare());
  }
}
