package io.edgewright.functions.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnClassPathTest {
  @TempDir Path folder;

  @Test
  void isThatOfTheJvmWhereTheCompilerIsOnIt() {
    Path jar = folder.resolve("compiler-lib.jar");
    String own = "/else/where.jar:" + jar;
    assertThat(OwnClassPath.find(own, jar.toUri())).isEqualTo(own);
  }

  @Test
  void isAllJarsBesideTheCompilersWhereALoaderBroughtIt() {
    Path jar = folder.resolve("lib/compiler-lib.jar");
    assertThat(OwnClassPath.find("/var/runtime/lib/runtime.jar", jar.toUri()))
        .isEqualTo(folder.resolve("lib") + "/*");
  }

  @Test
  void isAFolderOfClassesAndTheJarsInItsLib() throws IOException {
    Files.createDirectory(folder.resolve("task"));
    Path task = folder.resolve("task");
    assertThat(OwnClassPath.find("", task.toUri())).isEqualTo(task + ":" + task + "/lib/*");
  }

  @Test
  void findsTheCompilerOfThisJvm() {
    assertThat(OwnClassPath.find()).isNotEmpty();
  }
}
