package io.edgewright.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The test material that lies beside the project, too large or not ours to commit. */
public final class SharedTestdata {
  private SharedTestdata() {}

  /**
   * The file or folder at {@code relativePath} of the material; without it the running test is
   * skipped, and the reason says what is missing.
   */
  public static Path require(String relativePath) {
    Path path = root().resolve(relativePath);
    assumeTrue(Files.exists(path), () -> "needs ../shared/testdata/" + relativePath);
    return path;
  }

  /** For conditions that must not skip, such as the list of cases of a dynamic test. */
  public static boolean isPresent() {
    return Files.isDirectory(root());
  }

  /** The project's root: the launcher and the parent pom name it, an editor's test run finds it. */
  public static Path project() {
    String named = System.getProperty("edgewright.project");
    if (named != null) {
      return Path.of(named);
    }
    for (Path folder = Path.of("").toAbsolutePath();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException("run the tests from inside the project");
  }

  private static Path root() {
    return project().resolveSibling("shared").resolve("testdata");
  }
}
