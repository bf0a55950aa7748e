package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisMachineTest {
  private final Machine machine = new ThisMachine();

  @TempDir Path folder;

  @Test
  void runsInAFolderWithMoreVariables() throws IOException {
    List<String> command = List.of("/bin/sh", "-c", "echo $SAID > here; exit 3");
    assertThat(machine.run(command, folder, Map.of("SAID", "it"))).isEqualTo(3);
    assertThat(folder.resolve("here")).hasContent("it\n");
  }

  @Test
  void saysWhichProgramThereIsNot() {
    List<String> command = List.of(folder.resolve("none").toString());
    assertThatThrownBy(() -> machine.run(command, folder, Map.of())).hasMessageContaining("none");
  }

  @Test
  void knowsWhatWorks() throws IOException {
    assertThat(machine.works(List.of("/bin/sh", "-c", "echo loud; exit 0"))).isTrue();
    assertThat(machine.works(List.of("/bin/sh", "-c", "exit 1"))).isFalse();
    assertThat(machine.works(List.of(folder.resolve("none").toString()))).isFalse();
    Path file = Files.createFile(folder.resolve("no-program"));
    assertThat(machine.works(List.of(file.toString()))).isFalse();
  }

  @Test
  void knowsItsEnvironment() {
    assertThat(machine.variable("PATH"))
        .hasValueSatisfying(path -> assertThat(path).isEqualTo(System.getenv("PATH")));
    assertThat(machine.variable("EDGEWRIGHT_NEVER_SET")).isEmpty();
  }
}
