package io.edgewright.device;

import static io.edgewright.device.testing.TufPublisher.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.testing.TufPublisher;
import io.edgewright.device.trust.TrustedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code can really happen, and has a page. */
class DeviceErrorCodeTest {
  @ParameterizedTest
  @EnumSource
  void canBeProvoked(DeviceErrorCode code) {
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> provoke(code))
        .satisfies(exception -> assertThat(exception.code()).isEqualTo(code))
        .satisfies(exception -> assertThat(exception.getMessage()).startsWith(code.id() + " "));
  }

  @ParameterizedTest
  @EnumSource
  void hasAPage(DeviceErrorCode code) throws IOException {
    Path project = Path.of(System.getProperty("edgewright.project", ".."));

    assertThat(Files.readString(project.resolve("docs/errors/" + code.id() + ".md")))
        .startsWith("# " + code.id() + ": ")
        .contains("    " + code.id() + " ")
        .contains("## What to do");
  }

  @Test
  void noIdIsUsedTwice() {
    Set<String> ids = new HashSet<>();
    for (DeviceErrorCode code : DeviceErrorCode.values()) {
      assertThat(ids.add(code.id())).as(code.name()).isTrue();
    }
  }

  private static void provoke(DeviceErrorCode code) {
    switch (code) {
      case METADATA_MALFORMED -> start(new byte[] {'{'});
      case METADATA_UNSIGNED -> {
        TufPublisher service = new TufPublisher("lobby");
        service.role("root").keys = List.of();
        start(service.root());
      }
      case METADATA_ROLLBACK -> {
        TufPublisher service = new TufPublisher("lobby");
        start(service.root()).updateRoot(service.root());
      }
      case METADATA_EXPIRED -> {
        TufPublisher service = new TufPublisher("lobby");
        service.role("timestamp").expires = NOW;
        start(service.root()).updateTimestamp(service.timestamp());
      }
      case METADATA_MISMATCH -> {
        TufPublisher service = new TufPublisher("lobby");
        TrustedMetadata trusted = start(service.root());
        trusted.updateTimestamp(service.timestamp());
        service.bump("snapshot");
        trusted.updateSnapshot(service.snapshot());
      }
      case METADATA_TOO_LARGE -> start(new byte[1 << 20]);
      case TARGET_UNTRUSTED -> {
        TufPublisher service = new TufPublisher("lobby");
        service.deploy("pi", new byte[1], List.of());
        service.delegatedPaths = "groups/cellar/*/bundle.zip";
        findBundle(service, "pi");
      }
    }
  }

  private static void findBundle(TufPublisher service, String target) {
    TrustedMetadata trusted = start(service.root());
    trusted.updateTimestamp(service.timestamp());
    trusted.updateSnapshot(service.snapshot());
    trusted.updateTargets(service.targets());
    trusted.updateDelegated(service.groupRole(), service.delegated());
    assertThat(trusted.find(service.path(target))).isPresent();
  }

  private static TrustedMetadata start(byte[] root) {
    return TrustedMetadata.startingAt(root, NOW);
  }
}
