package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put on a device besides the program. */
class PackagingTest {
  private static final Path PACKAGING =
      SharedTestdata.project().resolve("device-fetcher/packaging");
  private static final Pattern EXPOSURE =
      Pattern.compile("Overall exposure level for \\S+: (\\d+\\.\\d)");

  @TempDir Path folder;

  /** systemd's own scale from 0 to 10; Debian's services are mostly beyond 9. */
  @ParameterizedTest
  @CsvSource({"edgewright-sync.service, 1.5", "edgewright-run.service, 0.5"})
  void exposesLittleOfTheDevice(String unit, double most) throws Exception {
    List<String> command =
        List.of(
            InstalledTool.systemdAnalyze().toString(),
            "security",
            "--offline=true",
            "--no-pager",
            PACKAGING.resolve(unit).toString());

    Finished finished = run(command);

    Matcher exposure = EXPOSURE.matcher(finished.output());
    assertThat(exposure.find()).as(finished.output()).isTrue();
    assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edgewright-sync.service", "edgewright-run.service"})
  void saysNothingThatSystemdDoesNotKnow(String unit) throws Exception {
    List<String> command =
        List.of(
            InstalledTool.systemdAnalyze().toString(),
            "verify",
            "--man=no",
            PACKAGING.resolve(unit).toString());

    // It also complains that /usr/bin/edgewright-device is not here, and it is not.
    assertThat(run(command).output())
        .doesNotContain("Unknown", "Failed to parse", "Invalid", "ignoring:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edgewright-sync.service", "edgewright-run.service"})
  void runsWithoutRightsInALockedHouse(String unit) throws IOException {
    assertThat(Files.readAllLines(PACKAGING.resolve(unit)))
        .contains(
            "DynamicUser=yes",
            "StateDirectory=edgewright",
            "ProtectSystem=strict",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "SystemCallFilter=@system-service seccomp")
        .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute="));
  }

  @Test
  void bringsTheFetcherBackWhenItHangsOrGrows() throws IOException {
    assertThat(Files.readAllLines(PACKAGING.resolve("edgewright-sync.service")))
        .contains("WatchdogSec=120", "NotifyAccess=all", "MemoryMax=192M", "Restart=always");
  }

  @Test
  void installsEveryFileWhereTheUnitsLookForIt() throws Exception {
    assertThat(install("--root", image().toString()).status()).isZero();

    assertThat(Files.readString(image().resolve("usr/lib/edgewright/device-fetcher.jar")))
        .isEqualTo("a program");
    Path program = image().resolve("usr/bin/edgewright-device");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program)))
        .isEqualTo("rwxr-xr-x");
    assertThat(image().resolve("etc/systemd/system/edgewright-sync.service")).exists();
    assertThat(image().resolve("etc/systemd/system/edgewright-run.service")).exists();
    try (Stream<Path> all = Files.walk(image())) {
      assertThat(all.map(Path::toString)).noneMatch(name -> name.endsWith(".new"));
    }
  }

  @Test
  void keepsTheOptionsOfADeviceThatIsUpdated() throws Exception {
    install("--root", image().toString());
    Path options = image().resolve("etc/default/edgewright-device");
    Files.writeString(options, "EDGEWRIGHT_RUN=--every 5000\n");

    assertThat(install("--root", image().toString()).status()).isZero();

    assertThat(options).hasContent("EDGEWRIGHT_RUN=--every 5000");
  }

  @ParameterizedTest
  @CsvSource({
    "--claim X, enrolling takes all three",
    "--service X --target Y, enrolling takes all three",
    "--root, no such option",
    "--colour red, no such option",
    "--root X --service A --claim B --target C, a device enrols itself"
  })
  void saysWhatIsWrongWithItsOptions(String words, String complaint) throws Exception {
    Finished finished = install(words.split(" ", -1));

    assertThat(finished.status()).isEqualTo(2);
    assertThat(finished.output()).contains(complaint);
  }

  private Path image() {
    return folder.resolve("image");
  }

  private Finished install(String... words) throws Exception {
    Path media = Files.createDirectories(folder.resolve("media"));
    try (Stream<Path> files = Files.list(PACKAGING)) {
      for (Path file : files.toList()) {
        Path copy = media.resolve(file.getFileName());
        if (Files.notExists(copy)) {
          Files.copy(file, copy);
        }
      }
    }
    Files.writeString(media.resolve("device-fetcher.jar"), "a program");
    List<String> command = new ArrayList<>(List.of("/bin/sh", media + "/install.sh"));
    command.addAll(List.of(words));
    return run(command);
  }

  private record Finished(int status, String output) {}

  private Finished run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), output);
  }
}
