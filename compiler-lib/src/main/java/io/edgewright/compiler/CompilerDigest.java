package io.edgewright.compiler;

import io.edgewright.compiler.toolchain.Toolchain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Names the compiler by its content: every class and resource with its path, and the toolchain. It
/// is the same for a jar and for the folder that the jar was made of.
final class CompilerDigest {
  private CompilerDigest() {}

  static String value() {
    return Known.VALUE;
  }

  /// Computed once, at first use.
  private static final class Known {
    static final String VALUE = compute();
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(newDigest().digest(content));
  }

  private static String compute() {
    MessageDigest digest = newDigest();
    try {
      URI place = CompilerDigest.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        addTree(digest, path.resolve("io"));
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
          addTree(digest, jar.getPath("/io"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the compiler lies at no address", e);
    }
    digest.update(Toolchain.standard().identity().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addTree(MessageDigest digest, Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    List<String> names =
        files.stream().map(file -> root.relativize(file).toString()).sorted().toList();
    for (String name : names) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(newDigest().digest(Files.readAllBytes(root.resolve(name))));
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
