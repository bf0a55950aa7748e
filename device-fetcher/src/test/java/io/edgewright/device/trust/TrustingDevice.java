package io.edgewright.device.trust;

import static io.edgewright.device.testing.TufPublisher.NOW;

import io.edgewright.device.testing.TufPublisher;
import java.util.Optional;

/** A device as it begins to believe a service: with the first root, unless told otherwise. */
record TrustingDevice(TufPublisher service) {
  TrustedMetadata fresh() {
    return startingAt(service.roots.get(0));
  }

  TrustedMetadata startingAt(byte[] root) {
    return TrustedMetadata.startingAt(root, NOW);
  }

  TrustedMetadata remembering(byte[] timestamp, byte[] snapshot) {
    TrustedMetadata trusted = fresh();
    trusted.recall(Optional.of(timestamp), Optional.of(snapshot));
    return trusted;
  }

  TrustedMetadata upToSnapshot(TrustedMetadata trusted) {
    trusted.updateTimestamp(service.timestamp());
    trusted.updateSnapshot(service.snapshot());
    return trusted;
  }

  TrustedMetadata everything(TrustedMetadata trusted) {
    upToSnapshot(trusted);
    trusted.updateTargets(service.targets());
    trusted.updateDelegated(service.groupRole(), service.delegated());
    return trusted;
  }
}
