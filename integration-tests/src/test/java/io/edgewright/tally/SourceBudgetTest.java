package io.edgewright.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The hard limits of every module's sources: small rooms, with names that say something.
class SourceBudgetTest {
  private static final List<SourceFile> FILES =
      SourceTree.read(SharedTestdata.project(), modules());

  @Test
  void noFileAndNoMethodIsOverItsHardLimit() {
    assertThat(FILES).hasSizeGreaterThan(10);
    assertThat(new SizeTable(FILES).overLimit()).isEmpty();
  }

  @Test
  void noTypeHasANameThatSaysNothing() {
    assertThat(FILES.stream().map(file -> file.path().getFileName().toString()))
        // RFC 9421 calls what is signed the signature base.
        .filteredOn(name -> !name.equals("SignatureBase.java"))
        .noneMatch(name -> name.matches("(Abstract.*|.*(Manager|Utils?|Helper|Impl|Base))\\.java"));
  }

  private static List<String> modules() {
    try (Stream<Path> folders = Files.list(SharedTestdata.project())) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
