package io.edgewright.device.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLaunchTest {
  private static final ModelLimits SMALL = new ModelLimits(64L << 20, OptionalLong.of(1));

  @TempDir Path folder;

  @Test
  void setsLimitsBeforeTheProgramStarts() throws Exception {
    String words = outputOf("ulimit -v; ulimit -t; ulimit -c; ulimit -n; nice; echo $#$1", "--x");

    assertThat(words.lines()).containsExactly("65536", "1", "0", "32", "10", "1--x");
  }

  @Test
  void isTheFirstToGoWhenMemoryRunsOut() throws Exception {
    assertThat(outputOf("cat /proc/self/oom_score_adj")).isEqualTo("1000\n");
  }

  @Test
  void givesNoMoreMemoryThanTheLimit() throws Exception {
    // `tail` keeps what it may have to print; `wc` says what it could keep.
    String kept = "head -c %d /dev/zero | tail -c %d 2>/dev/null | wc -c";

    assertThat(outputOf(kept.formatted(10_000_000, 10_000_000))).isEqualTo("10000000\n");
    assertThat(outputOf(kept.formatted(100_000_000, 100_000_000))).isEqualTo("0\n");
  }

  @Test
  void endsAProgramThatHasUsedUpItsTime() throws Exception {
    Process child = start("while :; do :; done");

    assertThat(child.waitFor()).isGreaterThan(128); // by a signal
  }

  @Test
  void leavesNothingOfTheEnvironment() throws Exception {
    assertThat(outputOf("/usr/bin/env").lines().map(line -> line.replaceAll("=.*", "")))
        .isSubsetOf("PWD", "PATH", "OLDPWD", "SHLVL", "_");
  }

  private String outputOf(String script, String... words) throws Exception {
    Process child = start(script, words);
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    child.waitFor();
    return output;
  }

  private Process start(String script, String... words) throws IOException {
    Path model = folder.resolve("model");
    Files.writeString(model, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rwxr-xr-x"));
    return ModelLaunch.start(folder, SMALL, Redirect.from(new File("/dev/null")), List.of(words));
  }
}
