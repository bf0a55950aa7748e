package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.workflow.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Objects as files below one folder. A new object is written beside its place, synced, and linked
/// into place: a hard link fails where a file is already, which makes the put conditional.
public final class FileObjectStore implements ObjectStore {
  private final Path folder;
  private final Path unfinished;
  private final SignedAddresses addresses;
  private final FileParts parts;

  public FileObjectStore(Path folder, SignedAddresses addresses) throws IOException {
    this.folder = folder;
    this.unfinished = folder.resolve(".unfinished");
    this.addresses = addresses;
    this.parts = new FileParts(folder);
    WorkFolder.delete(unfinished);
    Files.createDirectories(unfinished);
  }

  @Override
  public boolean putIfAbsent(String key, Content content) throws IOException {
    Path place = place(key);
    if (Files.exists(place)) {
      return false;
    }
    Path file = Files.createTempFile(unfinished, "object", "");
    try {
      try (InputStream in = content.open()) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return link(file, place);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// A file in which the front collects an upload before it is checked.
  public Path uploadFile() throws IOException {
    return Files.createTempFile(unfinished, "upload", "");
  }

  /// Puts a finished file in place unless the key is taken.
  public boolean link(Path file, String key) throws IOException {
    return link(file, place(key));
  }

  private boolean link(Path file, Path place) throws IOException {
    DurableFiles.sync(file);
    makeFolders(DurableFiles.folderOf(place));
    try {
      Files.createLink(place, file);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    DurableFiles.sync(DurableFiles.folderOf(place));
    return true;
  }

  /// A folder's own name must be on the disk too before what is in it counts as stored.
  private void makeFolders(Path wanted) throws IOException {
    if (Files.isDirectory(wanted)) {
      return;
    }
    Path above = DurableFiles.folderOf(wanted);
    if (!wanted.equals(folder)) {
      makeFolders(above);
    }
    Files.createDirectories(wanted);
    DurableFiles.sync(above);
  }

  @Override
  public Optional<Long> size(String key) throws IOException {
    try {
      return Optional.of(Files.size(place(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<byte[]> read(String key) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(place(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean copyTo(String key, Path file) throws IOException {
    try {
      Files.copy(place(key), file, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(place(key));
  }

  @Override
  public Parts beginParts(String key) throws IOException {
    place(key);
    return new Parts(key, parts.begin());
  }

  @Override
  public Place partAddress(Parts upload, int number, long bytes, Digest digest, Duration validity) {
    String key = FileParts.key(upload.id(), number);
    return new Place(addresses.upload(key, bytes, digest, validity), Map.of());
  }

  @Override
  public Set<Integer> parts(Parts upload) throws IOException {
    return parts.numbers(upload.id());
  }

  @Override
  public Joining joinParts(Parts upload, int count, Digest expected) throws IOException {
    Path file = Files.createTempFile(unfinished, "joined", "");
    try {
      if (!parts.join(upload.id(), count, file).equals(expected)) {
        return Joining.OTHER_CONTENT;
      }
      link(file, upload.key());
      return Joining.JOINED;
    } catch (NoSuchFileException e) {
      return Joining.GONE;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void dropParts(Parts upload) throws IOException {
    parts.drop(upload.id());
  }

  /// Whether an upload to this address is still wanted: parts are not, once they were joined or
  /// dropped.
  public boolean awaits(String key) {
    return !key.startsWith(FileParts.PREFIX)
        || Files.isDirectory(DurableFiles.folderOf(place(key)));
  }

  @Override
  public URI downloadAddress(String key, String fileName, Duration validity) {
    place(key);
    return addresses.download(key, fileName, validity);
  }

  @Override
  public Place uploadAddress(String key, long bytes, Digest digest, Duration validity) {
    place(key);
    return new Place(addresses.upload(key, bytes, digest, validity), Map.of());
  }

  /// The file of a key.
  public Path place(String key) {
    return folder.resolve(ObjectStore.checkedKey(key));
  }
}
