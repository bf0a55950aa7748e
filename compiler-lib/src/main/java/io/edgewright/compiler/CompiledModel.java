package io.edgewright.compiler;

import io.edgewright.compiler.report.ReportPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A finished bundle.
///
/// @param fileName `NAME-TARGET.zip`
/// @param bundle bytes of the zip
/// @param verification how the program was checked, one sentence; not part of the bundle, which is
///   the same wherever it was made
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record CompiledModel(String fileName, byte[] bundle, String verification) {
  private static final String ENDING = ".zip";

  /// `NAME-TARGET.report.html`
  public String pageName() {
    return fileName.substring(0, fileName.length() - ENDING.length()) + ".report.html";
  }

  /// The page that is made of the bundle's `report.json`. It stays beside the bundle: a device has
  /// no use for it, and pays for every byte.
  public String page() {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && !entry.getName().equals("report.json")) {
        entry = zip.getNextEntry();
      }
      return ReportPage.html(zip.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
