package io.edgewright.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A bundle as files, as a device would have it.
public final class UnpackedBundle {
  private UnpackedBundle() {}

  /// Unpacks a bundle into a folder; its `model` can be executed.
  public static void into(Path folder, byte[] bundle) throws IOException {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("the bundle has an entry outside of it: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    if (!folder.resolve("model").toFile().setExecutable(true)) {
      throw new IOException("cannot make " + folder.resolve("model") + " executable");
    }
  }
}
