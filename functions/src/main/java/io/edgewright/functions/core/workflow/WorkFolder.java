package io.edgewright.functions.core.workflow;

import io.edgewright.functions.core.store.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder that is gone when the step ends.
public record WorkFolder(Path path) implements AutoCloseable {
  public static WorkFolder in(Path parent) throws IOException {
    return new WorkFolder(Files.createTempDirectory(parent, "step"));
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /// Copies an object that must be there.
  Path fetch(ObjectStore objects, String key, String name) throws IOException {
    Path file = resolve(name);
    if (!objects.copyTo(key, file)) {
      throw new FileNotFoundException("no object " + key);
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }

  /// Deletes a folder, if it is there, with all that is in it, without following links.
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new Deletion());
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(visited);
      return FileVisitResult.CONTINUE;
    }
  }
}
