package io.edgewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "asks /proc")
final class ProcessorsTest {
  @Test
  void keepsAThreadAndThoseThatItMakesOnOneProcessor() throws Exception {
    String before = processorsOfThisThread();
    Processors processors = Processors.allowed();
    processors.holdSecond();
    String held = processorsOfThisThread();
    var ofChild = new StringBuilder();
    Thread child = new Thread(() -> ofChild.append(processorsOfThisThread()));
    child.start();
    child.join();
    processors.holdFirst();
    String first = processorsOfThisThread();
    processors.release();

    assertThat(processorsOfThisThread()).isEqualTo(before);
    assertThat(ofChild).hasToString(held);
    if (Runtime.getRuntime().availableProcessors() > 1) {
      assertThat(held).matches("[0-9]+").isNotEqualTo(first);
      assertThat(first).matches("[0-9]+");
    } else {
      assertThat(held).isEqualTo(before);
    }
  }

  private static String processorsOfThisThread() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
