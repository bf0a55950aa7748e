package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Unpacks a bundle that a worker made from a stranger's model, believing nothing: names, sizes and
/// digests must be those of `bundle.json`, and that must be about this compilation.
final class BundleCheck {
  private static final int MOST_ENTRIES = 100;
  private static final long MOST_BYTES = 4L << 30;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)?");

  private final TargetTask task;
  private final Path into;

  BundleCheck(TargetTask task, Path into) {
    this.task = task;
    this.into = into;
  }

  /// @return `bundle.json`
  /// @throws ServiceException when anything is not as it should be
  JsonNode unpack(Path bundle) throws IOException {
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      checkEntries(entries);
      ZipEntry described = Objects.requireNonNull(zip.getEntry("bundle.json"));
      JsonNode description;
      try (InputStream in = zip.getInputStream(described)) {
        description = Json.parse(in.readAllBytes());
      }
      checkOrigin(description);
      for (JsonNode entry : description.path("entries")) {
        unpack(zip, entry);
      }
      checkComplete(entries, description);
      return description;
    } catch (ZipException e) {
      throw refused("a file that is no zip: " + e.getMessage());
    }
  }

  private void checkEntries(List<? extends ZipEntry> entries) {
    check(entries.size() <= MOST_ENTRIES, entries.size() + " entries");
    check(
        entries.stream().mapToLong(ZipEntry::getSize).sum() <= MOST_BYTES,
        "more than " + MOST_BYTES + " bytes");
    for (ZipEntry entry : entries) {
      check(NAME.matcher(entry.getName()).matches(), "the name `" + entry.getName() + "`");
      check(entry.getMethod() == ZipEntry.STORED, "`" + entry.getName() + "` compressed");
    }
    check(
        entries.stream().anyMatch(entry -> entry.getName().equals("bundle.json")),
        "no `bundle.json`");
  }

  private void checkOrigin(JsonNode description) {
    expect(description, "/target/id", task.target());
    expect(description, "/name", task.name());
    expect(description, "/model", task.model().toString());
    expect(description, "/manifest", task.manifest().toString());
    expect(description, "/compiler", task.compiler().toString());
  }

  private void expect(JsonNode description, String pointer, String expected) {
    String seen = description.at(pointer).asText();
    check(seen.equals(expected), "`" + pointer + "` is `" + seen + "` and not `" + expected + "`");
  }

  private void unpack(ZipFile zip, JsonNode described) throws IOException {
    String name = described.path("path").asText();
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw refused("no entry `" + name + "`, which `bundle.json` lists");
    }
    check(entry.getSize() == described.path("bytes").asLong(-1), "another size of `" + name + "`");
    Path file = into.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      check(
          Digest.of(in).hex().equals(described.path("sha256").asText()),
          "another digest of `" + name + "`");
    }
    if (described.path("executable").asBoolean()) {
      check(file.toFile().setExecutable(true), "`" + name + "` cannot be made executable");
    }
  }

  private void checkComplete(List<? extends ZipEntry> entries, JsonNode description) {
    TreeSet<String> unlisted = new TreeSet<>();
    entries.forEach(entry -> unlisted.add(entry.getName()));
    unlisted.remove("bundle.json");
    description.path("entries").forEach(entry -> unlisted.remove(entry.path("path").asText()));
    check(unlisted.isEmpty(), "entries that `bundle.json` does not list: " + unlisted);
  }

  private void check(boolean fits, String seen) {
    if (!fits) {
      throw refused(seen);
    }
  }

  private ServiceException refused(String seen) {
    return new ServiceException(
        ServiceErrorCode.BUNDLE_REFUSED,
        "the bundle of `" + task.target() + "`",
        seen,
        "a bundle as bundle.schema.json describes it, of this very request",
        "this is a fault of the compiler: please report it with the model, if you can share it");
  }
}
