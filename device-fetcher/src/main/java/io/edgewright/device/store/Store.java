package io.edgewright.device.store;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The small files of the home folder, each replaced in one step. */
public final class Store {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_REPORTS = 100;
  private static final Duration SLOTS_PATIENCE = Duration.ofSeconds(10);

  private final Disk disk;
  private final Home home;

  public Store(Disk disk, Home home) {
    this.disk = disk;
    this.home = home;
  }

  public Home home() {
    return home;
  }

  public Disk disk() {
    return disk;
  }

  /** Makes the home folder and those in it; a key that is saved there must not vanish with it. */
  public void prepare() {
    boolean isNew = !disk.isFolder(home.folder());
    List.of(home.folder(), home.metadataFolder(), home.reports(), home.downloads(), home.bundles())
        .forEach(disk::makeFolder);
    disk.syncFolder(home.folder());
    if (isNew) {
      disk.syncFolder(Objects.requireNonNull(home.folder().getParent()));
    }
  }

  /** Only one process changes metadata and bundles at a time. */
  public <T> T whileSyncing(Duration patience, Supplier<T> step) {
    return FileLock.holding(home.lock("sync"), patience, step);
  }

  /** The right to keep results in this home folder; empty while another process has it. */
  public Optional<FileLock.Held> resultsTurn() {
    return FileLock.tryHold(home.lock("results"));
  }

  public Optional<DeviceKey> key() {
    return key(home.key());
  }

  /** A key that the service may or may not have agreed to: its answer has not come. */
  public Optional<DeviceKey> nextKey() {
    return key(home.nextKey());
  }

  private Optional<DeviceKey> key(Path file) {
    return SmallFile.read(disk, file, MOST_BYTES)
        .map(pem -> {
          try {
            return DeviceKey.fromPem(new String(pem, StandardCharsets.US_ASCII));
          } catch (IllegalArgumentException exception) {
            throw damaged(file, String.valueOf(exception.getMessage()), "a key pair");
          }
        });
  }

  public void saveKey(DeviceKey key) {
    saveKey(key, home.key());
  }

  public void saveNextKey(DeviceKey key) {
    saveKey(key, home.nextKey());
  }

  private void saveKey(DeviceKey key, Path file) {
    byte[] pem = key.pem().getBytes(StandardCharsets.US_ASCII);
    SmallFile.replace(disk, file, pem, Disk.Access.PRIVATE);
  }

  /** Makes the next key the device's own. Broken off in between, it is both, which does no harm. */
  public void promoteNextKey(DeviceKey key) {
    saveKey(key);
    dropNextKey();
  }

  public void dropNextKey() {
    disk.delete(home.nextKey());
  }

  public Optional<Enrolment> enrolment() {
    return SmallFile.read(disk, home.enrolment(), MOST_BYTES)
        .map(json -> {
          try {
            return Enrolment.read(json);
          } catch (JsonException exception) {
            throw damaged(home.enrolment(), String.valueOf(exception.getMessage()), "an enrolment");
          }
        });
  }

  public void saveEnrolment(Enrolment enrolment) {
    save(home.enrolment(), enrolment.json());
  }

  /** What cannot be read is as good as never written: the next sync fills it in again. */
  public SyncState state() {
    return readOr(home.state(), SyncState::read, SyncState.NEVER);
  }

  public void saveState(SyncState state) {
    save(home.state(), state.json());
  }

  /** Without a readable pointer nothing is installed; the next sync installs again. */
  public Slots slots() {
    return readOr(home.slots(), Slots::read, Slots.EMPTY);
  }

  /** Reads, changes and replaces the pointer while no other process does. */
  public Slots updateSlots(UnaryOperator<Slots> change) {
    return FileLock.holding(
        home.lock("slots"),
        SLOTS_PATIENCE,
        () -> {
          Slots before = slots();
          Slots after = change.apply(before);
          if (!after.equals(before)) {
            save(home.slots(), after.json());
          }
          return after;
        });
  }

  public Optional<byte[]> metadata(String role) {
    return SmallFile.read(disk, home.metadata(role), MOST_BYTES);
  }

  public void saveMetadata(String role, byte[] file) {
    save(home.metadata(role), file);
  }

  /** Puts a report where the next sync finds it. Beyond a hundred, the oldest give way. */
  public void addReport(Map<String, Object> report) {
    List<String> waiting = reports();
    for (int index = 0; index <= waiting.size() - MOST_REPORTS; index++) {
      removeReport(waiting.get(index));
    }
    long next =
        waiting.isEmpty() ? 1 : 1 + Long.parseLong(waiting.get(waiting.size() - 1).substring(0, 9));
    save(home.reports().resolve("%09d.json".formatted(next)), JsonText.bytes(report));
  }

  /** Names of the reports that wait, oldest first. */
  public List<String> reports() {
    return disk.list(home.reports()).stream()
        .filter(name -> name.matches("\\d{9}\\.json"))
        .toList();
  }

  public Optional<byte[]> report(String name) {
    return SmallFile.read(disk, home.reports().resolve(name), MOST_BYTES);
  }

  public void removeReport(String name) {
    disk.delete(home.reports().resolve(name));
  }

  private void save(Path file, byte[] content) {
    SmallFile.replace(disk, file, content, Disk.Access.SHARED);
  }

  private <T> T readOr(Path file, Function<byte[], T> reader, T otherwise) {
    try {
      return SmallFile.read(disk, file, MOST_BYTES).map(reader).orElse(otherwise);
    } catch (JsonException exception) {
      return otherwise;
    }
  }

  private static DeviceException damaged(Path file, String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.HOME_DAMAGED,
        "file `" + file + "`",
        seen,
        allowed,
        "move the home folder away and enrol the device again with a new claim");
  }
}
