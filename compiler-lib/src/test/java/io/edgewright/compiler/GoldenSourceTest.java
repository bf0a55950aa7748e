package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The C of small models, as a reader sees it: their kernels, and of one network all but the
/// functions of the library, which have tests of their own.
///
/// `-Dgolden.update=true` writes the files anew; somebody must then read what changed.
class GoldenSourceTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final int LINES_AT_MOST = 165;

  /// Four lanes, so that a vector fits a short line; the same for everybody who runs this.
  private static final String TARGET = "raspberry-pi-3";

  static List<SmallModels.Case> cases() {
    return SmallModels.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isWhatIsWrittenDown(SmallModels.Case small) throws IOException {
    String source = source(small);
    Path file = GOLDEN.resolve(small.name() + ".c");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, source);
    }
    assertThat(source).isEqualTo(Files.readString(file));
    assertThat(source.lines().count()).isLessThanOrEqualTo(LINES_AT_MOST);
  }

  @Test
  void everyFileHasItsModel() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              cases().stream().map(small -> small.name() + ".c").toList());
    }
  }

  private static String source(SmallModels.Case small) {
    Target target = TargetCatalog.standard().get(TARGET, Location.option("--target"));
    Manifest manifest =
        small.manifest().isEmpty()
            ? Manifest.raw(small.name())
            : ManifestReader.read(small.manifest().getBytes(StandardCharsets.UTF_8));
    String source = Compiler.source(new CompileRequest(small.model(), manifest, target)).cSource();
    int library = source.indexOf(CodeGenerator.LIBRARY);
    int network = source.indexOf(CodeGenerator.NETWORK);
    int users = small.isWhole() ? source.length() : source.indexOf(CodeGenerator.USERS);
    return source.substring(0, library) + source.substring(network, users);
  }
}
