package io.edgewright.compiler.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainCacheTest {
  private static final List<String> MEMBERS = List.of("clang", "lld", "lib/clang/20/stdint.h");

  @TempDir Path folder;

  private ToolchainArchive archive = new ToolchainArchive(Path.of("none"), "in/", List.of());
  private Path root = Path.of("none");

  @BeforeEach
  void makeAnArchive() throws IOException {
    root = folder.resolve("cache");
    archive = archive("first");
  }

  @Test
  void unpacksProgramsThatCanRunAndTheirLinks() throws IOException {
    Path unpacked = new ToolchainCache(root).unpacked(archive);
    assertThat(unpacked.resolve("clang")).isExecutable().hasContent("first clang");
    assertThat(unpacked.resolve("ld.lld")).isSymbolicLink().hasContent("first lld");
    assertThat(unpacked.resolve("lib/clang/20/stdint.h")).exists();
    assertThat(Files.readString(unpacked.resolve(ToolchainCache.IDENTITY))).hasSize(65);
  }

  @Test
  void unpacksOnce() throws IOException {
    Path unpacked = new ToolchainCache(root).unpacked(archive);
    Files.writeString(unpacked.resolve("mark"), "still there");
    assertThat(new ToolchainCache(root).unpacked(archive).resolve("mark")).exists();
  }

  @Test
  void keepsToolchainsOfDifferentArchivesApart() throws IOException {
    ToolchainCache cache = new ToolchainCache(root);
    Path first = cache.unpacked(archive);
    Path second = cache.unpacked(archive("second"));
    assertThat(second).isNotEqualTo(first);
    assertThat(Files.readString(second.resolve(ToolchainCache.IDENTITY)))
        .isNotEqualTo(Files.readString(first.resolve(ToolchainCache.IDENTITY)));
  }

  @Test
  void startsAgainAfterAKilledUnpacking() throws IOException {
    Path partial = root.resolve(archive.fingerprint() + ".partial");
    Files.createDirectories(partial);
    Files.writeString(partial.resolve("clang"), "half a cl");
    assertThat(new ToolchainCache(root).unpacked(archive).resolve("clang"))
        .hasContent("first clang");
    assertThat(partial).doesNotExist();
  }

  @Test
  void survivesManyThatStartTogether() throws Exception {
    List<Future<Path>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 32; i++) {
        answers.add(threads.submit(() -> new ToolchainCache(root).unpacked(archive)));
      }
    }
    for (Future<Path> answer : answers) {
      assertThat(answer.get().resolve("clang")).hasContent("first clang");
    }
  }

  @Test
  void survivesProcessesThatStartTogetherAndOneThatIsKilled() throws Exception {
    ToolchainArchive large = archive("x".repeat(30_000_000));
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(unpackInAnotherProcess(large));
    }
    Path partial = root.resolve(large.fingerprint() + ".partial");
    for (int i = 0; i < 2000 && !Files.exists(partial); i++) {
      Thread.sleep(2);
    }
    processes.removeFirst().destroyForcibly().waitFor();
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(root.resolve(large.fingerprint()).resolve("clang")).hasSize(30_000_000 + 6);
    assertThat(partial).doesNotExist();
  }

  private Process unpackInAnotherProcess(ToolchainArchive large) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Unpack.class.getName(),
            root.toString(),
            large.file().toString())
        .inheritIO()
        .start();
  }

  /// What another process does.
  static final class Unpack {
    public static void main(String[] arguments) {
      new ToolchainCache(Path.of(arguments[0]))
          .unpacked(new ToolchainArchive(Path.of(arguments[1]), "in/", MEMBERS));
    }
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("a file"), "");
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> new ToolchainCache(file).unpacked(archive))
        .withMessageContaining("EDGEWRIGHT_CACHE")
        .satisfies(failure ->
            assertThat(failure.problems().getFirst().code())
                .isEqualTo(ErrorCode.TOOLCHAIN_UNUSABLE));
  }

  @Test
  void obeysTheEnvironment() throws IOException {
    ToolchainCache.standard(Map.of("EDGEWRIGHT_CACHE", root.toString())).unpacked(archive);
    assertThat(root.resolve("toolchain").resolve(archive.fingerprint())).isDirectory();
  }

  private ToolchainArchive archive(String contents) throws IOException {
    Path jar = Files.createTempFile(folder, "toolchain", ".jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String member : MEMBERS) {
        zip.putNextEntry(new ZipEntry("in/" + member));
        zip.write((contents + " " + member).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return new ToolchainArchive(jar, "in/", MEMBERS);
  }
}
