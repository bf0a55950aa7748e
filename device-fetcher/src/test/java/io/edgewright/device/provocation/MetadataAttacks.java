package io.edgewright.device.provocation;

import static io.edgewright.device.testing.TufPublisher.NOW;

import io.edgewright.device.testing.TufPublisher;
import io.edgewright.device.trust.TrustedMetadata;
import java.util.List;

/** What somebody between the service and the device may try. */
public final class MetadataAttacks {
  private final TufPublisher service = new TufPublisher("lobby");

  public void sendHalfARoot() {
    TrustedMetadata.startingAt(new byte[] {'{'}, NOW);
  }

  public void signWithNoKey() {
    service.role("root").keys = List.of();
    trusted();
  }

  public void sendTheSameRootAgain() {
    trusted().updateRoot(service.root());
  }

  public void freezeTheTimestamp() {
    service.role("timestamp").expires = NOW;
    trusted().updateTimestamp(service.timestamp());
  }

  public void sendAnotherSnapshot() {
    TrustedMetadata trusted = trusted();
    trusted.updateTimestamp(service.timestamp());
    service.bump("snapshot");
    trusted.updateSnapshot(service.snapshot());
  }

  public void sendEndlessData() {
    trusted().updateTimestamp(new byte[1 << 20]);
  }

  public void signForAnotherGroup() {
    service.deploy("pi", new byte[1], List.of());
    service.delegatedPaths = "groups/cellar/*/bundle.zip";
    TrustedMetadata trusted = trusted();
    trusted.updateTimestamp(service.timestamp());
    trusted.updateSnapshot(service.snapshot());
    trusted.updateTargets(service.targets());
    trusted.updateDelegated(service.groupRole(), service.delegated());
    if (trusted.find(service.path("pi")).isPresent()) {
      throw new AssertionError("believed a role that does not own the path");
    }
  }

  private TrustedMetadata trusted() {
    return TrustedMetadata.startingAt(service.root(), NOW);
  }
}
