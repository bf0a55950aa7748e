package io.edgewright.device.bundle;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.testing.BytesInput;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker could do to a bundle, and what a broken disk or network does. */
class BundleArchiveTest {
  private static final byte[] BUNDLE = ToyBundle.named("toy").weighing(20_000, 7).zip();
  private static final String SHA256 = SigningKey.sha256(BUNDLE);

  @Test
  void readsAnHonestBundle() {
    assertThat(read(BUNDLE).keySet())
        .containsExactly(
            "bundle.json", "golden/input.bin", "golden/output.bin", "model", "weights.bin");
  }

  @Test
  void refusesEveryFlippedBit() {
    Random random = new Random(42);
    for (int index = 0; index < 10_000; index++) {
      byte[] altered = BUNDLE.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));

      assertRefused(
          DeviceErrorCode.BUNDLE_ALTERED,
          () -> BundleCheck.checkWhole(new BytesInput(altered), BUNDLE.length, SHA256));
    }
  }

  @Test
  void readsTheSameOrNothingWhenSomebodyWhoCannotSignEntriesFlipsBits() {
    // Behind the signed digest there is a second line: the archive and bundle.json themselves.
    Map<String, String> honest = read(BUNDLE);
    honest.remove(BundleCheck.MANIFEST);
    Set<DeviceErrorCode> seen = EnumSet.noneOf(DeviceErrorCode.class);
    Random random = new Random(43);
    for (int index = 0; index < 10_000; index++) {
      byte[] altered = BUNDLE.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        Map<String, String> found = read(altered);
        found.remove(BundleCheck.MANIFEST);
        assertThat(found).isEqualTo(honest);
      } catch (DeviceException exception) {
        seen.add(exception.code());
      }
    }

    assertThat(seen)
        .contains(DeviceErrorCode.ARCHIVE_MALFORMED, DeviceErrorCode.ENTRY_ALTERED)
        .isSubsetOf(
            DeviceErrorCode.ARCHIVE_MALFORMED,
            DeviceErrorCode.ENTRY_ALTERED,
            DeviceErrorCode.ENTRIES_MISMATCH,
            DeviceErrorCode.BUNDLE_MALFORMED);
  }

  @Test
  void refusesEveryTruncation() {
    for (int length = 0; length < BUNDLE.length; length += length < 200 ? 1 : 97) {
      byte[] cut = Arrays.copyOf(BUNDLE, length);

      assertRefused(
          DeviceErrorCode.BUNDLE_ALTERED,
          () -> BundleCheck.checkWhole(new BytesInput(cut), BUNDLE.length, SHA256));
      assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(cut));
    }
  }

  @Test
  void refusesAnythingBeforeAfterOrBetweenTheEntries() {
    byte[] after = Arrays.copyOf(BUNDLE, BUNDLE.length + 1);
    byte[] before = new byte[BUNDLE.length + 1];
    System.arraycopy(BUNDLE, 0, before, 1, BUNDLE.length);

    assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(after));
    assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escape",
        "/etc/passwd",
        "golden/../../escape",
        "golden//input.bin",
        "golden\\input.bin",
        ".hidden",
        "a/b/c/d",
        "sp ace",
        "nul\0",
        "",
        "C:x"
      })
  void refusesAPathThatLeadsOutOrTripsAShell(String path) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(path, new byte[] {1});

    assertRefused(
        DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(ToyBundle.named("toy").zip(entries)));
  }

  @Test
  void refusesAPathThatIsThereTwice() {
    byte[] twice = ToyBundle.named("toy").zip(entries("modelA", "modelB"));
    byte[] renamed =
        new String(twice, StandardCharsets.ISO_8859_1)
            .replace("modelB", "modelA")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(renamed));
  }

  @Test
  void refusesANameThatDiffersBetweenEntryAndDirectory() {
    byte[] bundle = BUNDLE.clone();
    int local = indexOf(bundle, "model");
    bundle[local] = 'M';

    assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(bundle));
  }

  @Test
  void refusesTwoDirectoryRecordsForTheSameBytes() {
    byte[] overlapping = ToyBundle.named("toy").zip(entries("modelA", "modelB"));
    ByteBuffer buffer = ByteBuffer.wrap(overlapping).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(overlapping.length - 6);
    buffer.putInt(directory + 46 + 6 + 42, 0); // the second record points at the first entry

    assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(overlapping));
  }

  @Test
  void refusesSizesAroundTheLimitsOfTheFormat() {
    for (long size : new long[] {0x7fffffffL, 0x80000000L, 0xfffffffeL, 0xffffffffL}) {
      byte[] huge = ToyBundle.named("toy").zip(entries("modelA"));
      ByteBuffer buffer = ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN);
      int directory = buffer.getInt(huge.length - 6);
      for (int at : new int[] {18, 22, directory + 20, directory + 24}) {
        buffer.putInt(at, (int) size);
      }

      assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(huge));
    }
  }

  @Test
  void refusesCompressedEntries() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("model"));
      zip.write(new byte[1000]);
      zip.closeEntry();
    }

    assertRefused(DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(bytes.toByteArray()));
  }

  @Test
  void refusesMoreEntriesThanABundleHas() {
    String[] names = new String[101];
    Arrays.setAll(names, index -> "entry" + index);

    assertRefused(
        DeviceErrorCode.ARCHIVE_MALFORMED, () -> read(ToyBundle.named("toy").zip(entries(names))));
  }

  @Test
  void refusesAnEntryThatIsNotListed() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.manifest.put("entries", bundle.completeManifest().get("entries"));
    bundle.files.put("extra", new byte[1]);

    assertRefused(DeviceErrorCode.ENTRIES_MISMATCH, () -> read(bundle.zip()));
  }

  @Test
  void refusesAListedEntryThatIsNotThere() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.manifest.put("entries", bundle.completeManifest().get("entries"));
    bundle.files.remove("weights.bin");

    assertRefused(DeviceErrorCode.ENTRIES_MISMATCH, () -> read(bundle.zip()));
  }

  @Test
  void refusesAnEntryWithOtherBytesThanListed() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.manifest.put("entries", bundle.completeManifest().get("entries"));
    bundle.files.put("golden/input.bin", new byte[] {9, 9, 9});

    assertRefused(DeviceErrorCode.ENTRY_ALTERED, () -> read(bundle.zip()));
  }

  @Test
  void refusesABundleWithoutAProgram() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.files.remove("model");

    assertRefused(DeviceErrorCode.BUNDLE_MALFORMED, () -> read(bundle.zip()));
  }

  @Test
  void refusesABundleOfALaterFormat() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.manifest.put("format", 2);

    assertRefused(DeviceErrorCode.BUNDLE_MALFORMED, () -> read(bundle.zip()));
  }

  /** Reads everything as an installation does, and gives the digest of each entry. */
  private static Map<String, String> read(byte[] bundle) {
    BytesInput file = new BytesInput(bundle);
    Map<String, BundleArchive.Entry> archive = BundleArchive.entries(file);
    byte[] json = BundleCheck.manifest(file, archive);
    BundleManifest manifest = BundleManifest.read(json);
    BundleCheck.checkEntries(manifest, archive);
    Map<String, String> digests = new TreeMap<>();
    digests.put(BundleCheck.MANIFEST, Sha256.of(json));
    for (BundleManifest.Entry entry : manifest.entries().values()) {
      BundleArchive.Entry found = Objects.requireNonNull(archive.get(entry.path()));
      BundleCheck.copy(file, found.offset(), entry, (bytes, offset, count) -> {});
      digests.put(entry.path(), entry.sha256());
    }
    return digests;
  }

  private static Map<String, byte[]> entries(String... names) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : names) {
      entries.put(name, name.getBytes(StandardCharsets.UTF_8));
    }
    return entries;
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text + "\0");
  }
}
