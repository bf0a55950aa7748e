package io.edgewright.device.provocation;

import io.edgewright.device.bundle.BundleArchive;
import io.edgewright.device.bundle.BundleCheck;
import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.bundle.ProcessorFeatures;
import io.edgewright.device.testing.BytesInput;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Bundles that were altered, or made wrongly. */
public final class BundleAttacks {
  private final ToyBundle bundle = ToyBundle.named("toy");

  public void flipABit() {
    byte[] zip = bundle.zip();
    String signed = SigningKey.sha256(zip);
    zip[5000] ^= 1;
    BundleCheck.checkWhole(new BytesInput(zip), zip.length, signed);
  }

  public void appendAByte() {
    byte[] zip = bundle.zip();
    BundleArchive.entries(new BytesInput(Arrays.copyOf(zip, zip.length + 1)));
  }

  public void addAFile() {
    bundle.manifest.put("entries", bundle.completeManifest().get("entries"));
    bundle.files.put("extra", new byte[1]);
    check();
  }

  public void exchangeAFile() {
    bundle.manifest.put("entries", bundle.completeManifest().get("entries"));
    bundle.files.put("golden/input.bin", new byte[] {9, 9, 9});
    check();
  }

  public void useALaterFormat() {
    bundle.manifest.put("format", 2);
    check();
  }

  public void needAnotherProcessor() {
    new ProcessorFeatures(Set.of("fp", "asimd")).check(List.of("asimddp"), "bundle");
  }

  private void check() {
    BytesInput file = new BytesInput(bundle.zip());
    Map<String, BundleArchive.Entry> archive = BundleArchive.entries(file);
    BundleManifest manifest = BundleManifest.read(BundleCheck.manifest(file, archive));
    BundleCheck.checkEntries(manifest, archive);
    for (BundleManifest.Entry entry : manifest.entries().values()) {
      long offset = Objects.requireNonNull(archive.get(entry.path())).offset();
      BundleCheck.copy(file, offset, entry, (bytes, from, count) -> {});
    }
  }
}
