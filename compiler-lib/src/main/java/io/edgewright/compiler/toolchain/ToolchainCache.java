package io.edgewright.compiler.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipFile;

/// A folder in which toolchains lie unpacked, each under the fingerprint of its archive.
///
/// A folder under its final name is complete: it is filled under another name, written through to
/// the disk, and renamed. Who fills holds the lock of a file beside it, so what a killed process
/// left behind can be told from what another one is writing, and is removed.
final class ToolchainCache {
  /// Holds the digest of everything unpacked; written last.
  static final String IDENTITY = "identity";

  private static final Set<String> EXECUTABLE = Set.of("clang", "lld");

  /// The names under which the dynamic loader and lld's own dispatch look for the files.
  private static final Map<String, String> LINKS =
      Map.of(
          "libclang-cpp.so.20.1",
          "libclang-cpp.so",
          "libLLVM.so.20.1",
          "libLLVM.so",
          "ld.lld",
          "lld");

  /// File locks exclude other processes only.
  private static final Lock OTHER_THREADS = new ReentrantLock();

  private final Path root;

  ToolchainCache(Path root) {
    this.root = root;
  }

  /// `$EDGEWRIGHT_CACHE/toolchain`, else below the user's cache folder.
  static ToolchainCache standard(Map<String, String> environment) {
    String chosen = environment.getOrDefault("EDGEWRIGHT_CACHE", "");
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path root =
        !chosen.isEmpty()
            ? Path.of(chosen)
            : !shared.isEmpty()
                ? Path.of(shared, "edgewright")
                : Path.of(System.getProperty("user.home", "."), ".cache", "edgewright");
    return new ToolchainCache(root.toAbsolutePath().resolve("toolchain"));
  }

  /// The folder with the archive's needed members; unpacks them when it is not there yet.
  Path unpacked(ToolchainArchive archive) {
    try {
      String fingerprint = archive.fingerprint();
      Path folder = root.resolve(fingerprint);
      if (!Files.exists(folder.resolve(IDENTITY))) {
        unpackOnce(archive, folder);
      }
      return folder;
    } catch (IOException failed) {
      throw ToolchainProblem.uncached(root, failed);
    }
  }

  private void unpackOnce(ToolchainArchive archive, Path folder) throws IOException {
    Files.createDirectories(root);
    OTHER_THREADS.lock();
    try (FileChannel lockFile =
            FileChannel.open(
                root.resolve(folder.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lockFile.lock()) {
      if (held.isValid() && !Files.exists(folder.resolve(IDENTITY))) {
        Path partial = root.resolve(folder.getFileName() + ".partial");
        delete(partial);
        delete(folder);
        unpack(archive, partial);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      OTHER_THREADS.unlock();
    }
  }

  private static void unpack(ToolchainArchive archive, Path folder) throws IOException {
    MessageDigest identity = Sha256.start();
    try (ZipFile zip = new ZipFile(archive.file().toFile())) {
      for (String member : archive.members()) {
        Path file = folder.resolve(member);
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(archive.entry(zip, member))) {
          write(in, file, identity);
        }
        if (EXECUTABLE.contains(member) && !file.toFile().setExecutable(true)) {
          throw new IOException(file + " cannot be made executable");
        }
      }
    }
    for (Map.Entry<String, String> link : LINKS.entrySet()) {
      Files.createSymbolicLink(folder.resolve(link.getKey()), Path.of(link.getValue()));
    }
    Files.writeString(folder.resolve(IDENTITY), HexFormat.of().formatHex(identity.digest()) + "\n");
  }

  /// Written through to the disk: a name must not outlive a power cut without its bytes.
  private static void write(InputStream in, Path file, MessageDigest digest) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
      in.transferTo(out);
      channel.force(true);
    }
  }

  /// Deletes a folder and all in it, if it is there.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
