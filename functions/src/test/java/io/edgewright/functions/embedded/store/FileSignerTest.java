package io.edgewright.functions.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.store.Signer;
import io.edgewright.functions.core.store.SignerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSignerTest extends SignerContract {
  @TempDir Path folder;

  @Override
  protected Signer signer() throws IOException {
    return new FileSigner(folder);
  }

  @Test
  void keepsKeysFromOtherUsers() throws IOException {
    signer();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void namesAKeyFileThatIsBroken() throws IOException {
    signer();
    Files.writeString(folder.resolve("root.key"), "x\ny\n");
    assertThatThrownBy(this::signer)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("root.key");
  }
}
