package io.edgewright.functions.aws.lambda;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What happens to a service of its own for each test.
abstract class DeployedHereCases {
  @TempDir Path folder;
  private @Nullable DeployedHere opened;

  @BeforeEach
  void open() throws IOException {
    opened = new DeployedHere(folder);
  }

  /// Without a server for AWS's protocols none was opened.
  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  DeployedHere service() {
    return Objects.requireNonNull(opened);
  }
}
