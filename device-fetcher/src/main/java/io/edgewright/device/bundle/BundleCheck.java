package io.edgewright.device.bundle;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every byte of a bundle against what was signed, from the outside in. */
public final class BundleCheck {
  public static final String MANIFEST = "bundle.json";
  static final String KEEPS =
      "the bundle is not used and the device keeps what it has; compile and deploy again";

  private static final int MOST_MANIFEST_BYTES = 1 << 20;
  private static final int BLOCK = 64 << 10;

  /** Takes an entry's bytes while they are being checked. */
  public interface Sink {
    void take(byte[] bytes, int offset, int count);
  }

  private BundleCheck() {}

  /** The whole file. Asked before anything in it is even parsed. */
  public static void checkWhole(Disk.Input file, long bytes, String sha256) {
    String seen = file.size() == bytes ? Sha256.of(file) : file.size() + " bytes";
    String allowed = file.size() == bytes ? sha256 : bytes + " bytes";
    if (!seen.equals(allowed)) {
      throw new DeviceException(
          DeviceErrorCode.BUNDLE_ALTERED,
          "bundle " + sha256.substring(0, 12),
          seen,
          allowed + ", as signed",
          "it is fetched again; if it stays, something between the service and the device alters it");
    }
  }

  /** The list of entries in {@code bundle.json} is exactly what the archive holds. */
  public static void checkEntries(
      BundleManifest manifest, Map<String, BundleArchive.Entry> archive) {
    Set<String> differing = new TreeSet<>(archive.keySet());
    differing.remove(MANIFEST);
    for (BundleManifest.Entry listed : manifest.entries().values()) {
      BundleArchive.Entry found = archive.get(listed.path());
      if (found != null && found.bytes() == listed.bytes()) {
        differing.remove(listed.path());
      } else {
        differing.add(listed.path());
      }
    }
    if (!differing.isEmpty()) {
      throw new DeviceException(
          DeviceErrorCode.ENTRIES_MISMATCH,
          "bundle",
          "other files or sizes than `bundle.json` lists: " + String.join(", ", differing),
          "exactly the listed ones",
          KEEPS);
    }
  }

  /** The bytes of {@code bundle.json}. */
  public static byte[] manifest(Disk.Input file, Map<String, BundleArchive.Entry> archive) {
    BundleArchive.Entry entry = archive.get(MANIFEST);
    if (entry == null || entry.bytes() > MOST_MANIFEST_BYTES) {
      throw new DeviceException(
          DeviceErrorCode.ENTRIES_MISMATCH,
          "bundle",
          entry == null ? "no `bundle.json`" : "a `bundle.json` of " + entry.bytes() + " bytes",
          "one of at most " + MOST_MANIFEST_BYTES + " bytes",
          KEEPS);
    }
    byte[] json = new byte[(int) entry.bytes()];
    file.read(entry.offset(), json, 0, json.length);
    return json;
  }

  /** Hands on part of a file and refuses it at the end unless it was what is listed. */
  public static void copy(Disk.Input file, long offset, BundleManifest.Entry listed, Sink sink) {
    Sha256 sha = new Sha256();
    byte[] block = new byte[BLOCK];
    long done = 0;
    while (done < listed.bytes()) {
      int wanted = (int) Math.min(BLOCK, listed.bytes() - done);
      int count = file.read(offset + done, block, 0, wanted);
      if (count == 0) {
        break;
      }
      sha.add(block, 0, count);
      sink.take(block, 0, count);
      done += count;
    }
    String seen = sha.hex();
    if (!seen.equals(listed.sha256())) {
      throw new DeviceException(
          DeviceErrorCode.ENTRY_ALTERED,
          "bundle, entry `" + listed.path() + "`",
          "sha256 " + seen,
          "sha256 " + listed.sha256(),
          KEEPS);
    }
  }
}
