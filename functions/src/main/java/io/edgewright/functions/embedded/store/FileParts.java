package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.workflow.WorkFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Objects on their way: a folder an upload below `parts/`, a file a part, each complete and
/// checked before it gets its name.
final class FileParts {
  static final String PREFIX = "parts/";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  private final Path folder;

  /// @param objects the folder of all objects
  FileParts(Path objects) {
    this.folder = objects.resolve("parts");
  }

  String begin() throws IOException {
    String upload = UUID.randomUUID().toString();
    Files.createDirectories(folder.resolve(upload));
    DurableFiles.sync(folder);
    DurableFiles.sync(DurableFiles.folderOf(folder));
    return upload;
  }

  /// The key under which a part is stored, which is where its address leads.
  static String key(String upload, int number) {
    return PREFIX + upload + "/" + number;
  }

  Set<Integer> numbers(String upload) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    if (Files.isDirectory(folder.resolve(upload))) {
      try (Stream<Path> files = Files.list(folder.resolve(upload))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> NUMBER.matcher(name).matches())
            .forEach(name -> numbers.add(Integer.parseInt(name)));
      }
    }
    return numbers;
  }

  /// Writes the parts one after the other.
  ///
  /// @return the digest of the whole
  Digest join(String upload, int count, Path into) throws IOException {
    MessageDigest digest = Digest.sha256();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(into), digest)) {
      for (int number = 1; number <= count; number++) {
        Files.copy(folder.resolve(upload).resolve(Integer.toString(number)), out);
      }
    }
    return Digest.finish(digest);
  }

  void drop(String upload) throws IOException {
    WorkFolder.delete(folder.resolve(upload));
  }
}
