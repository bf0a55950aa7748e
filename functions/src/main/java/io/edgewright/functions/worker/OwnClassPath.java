package io.edgewright.functions.worker;

import io.edgewright.compiler.CommandLine;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/// The class path on which another JVM finds the compiler of this one.
final class OwnClassPath {
  private OwnClassPath() {}

  static String find() {
    try {
      return find(
          System.getProperty("java.class.path", ""),
          CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the compiler lies at no address", e);
    }
  }

  /// Lambda's runtime has a class path of its own and loads functions beside it: from a folder with
  /// classes and jars in `lib`, or from a jar among others.
  ///
  /// @param compiler where the compiler was loaded from
  static String find(String classPath, URI compiler) {
    Path place = Path.of(compiler);
    boolean isOnIt =
        Stream.of(classPath.split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .anyMatch(entry -> Path.of(entry).toAbsolutePath().normalize().equals(place));
    if (isOnIt) {
      return classPath;
    }
    return Files.isDirectory(place)
        ? place + File.pathSeparator + place.resolve("lib") + "/*"
        : Objects.requireNonNull(place.getParent()) + "/*";
  }
}
