package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.InstalledTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {
  private static final List<BundleEntry> ENTRIES =
      List.of(
          BundleEntry.file("bundle.json", "{}".getBytes(UTF_8)),
          BundleEntry.program("model", new byte[5000]),
          BundleEntry.file("golden/input.bin", new byte[4096]),
          BundleEntry.file("empty", new byte[0]),
          BundleEntry.file("gr\u00fcn.bin", new byte[] {1, 2, 3}));

  @TempDir Path folder;

  @Test
  void isReadByJavaInOrder() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes()))) {
      for (BundleEntry entry : ENTRIES) {
        ZipEntry read = zip.getNextEntry();
        assertThat(read).isNotNull();
        assertThat(read.getName()).isEqualTo(entry.path());
        assertThat(read.getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(zip.readAllBytes()).isEqualTo(entry.bytes());
      }
      assertThat(zip.getNextEntry()).isNull();
    }
    try (ZipFile zip = new ZipFile(file().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactlyElementsOf(ENTRIES.stream().map(BundleEntry::path).toList());
    }
  }

  @Test
  void isReadByPythonWithModes() throws IOException {
    String script =
        """
        import sys, zipfile
        zip = zipfile.ZipFile(sys.argv[1])
        assert zip.testzip() is None
        for i in zip.infolist():
            print(i.filename, i.file_size, oct(i.external_attr >> 16), i.date_time[0])
        """;
    Path python = InstalledTool.pythonWithNumpy();
    TestBundle.Answer answer =
        new TestBundle(folder, List.of())
            .execute(new byte[0], List.of(python.toString(), "-c", script, file().toString()));
    assertThat(answer.complaint()).isEmpty();
    assertThat(answer.text())
        .contains("model 5000 0o100755 1980", "bundle.json 2 0o100644 1980", "empty 0");
  }

  @Test
  void putsTheBytesOfEveryEntryAtAMultipleOf4096() {
    ByteBuffer zip = ByteBuffer.wrap(bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (BundleEntry entry : ENTRIES) {
      assertThat(zip.getInt(at)).isEqualTo(0x04034B50);
      int data = at + 30 + zip.getShort(at + 26) + zip.getShort(at + 28);
      assertThat(data % 4096).as(entry.path()).isZero();
      at = data + entry.bytes().length;
    }
    assertThat(zip.getInt(at)).isEqualTo(0x02014B50);
  }

  @Test
  void givesTheSameBytesAlways() {
    assertThat(bytes()).isEqualTo(bytes());
  }

  private static byte[] bytes() {
    return BundleWriter.write(ENTRIES);
  }

  private Path file() throws IOException {
    return Files.write(folder.resolve("bundle.zip"), bytes());
  }
}
