package io.edgewright.functions.core.signature;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.device.DeviceKey;
import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Knows the device of one signer, and whether it is revoked or has another key by now.
final class KnownDevices implements DeviceStore {
  private final DeviceSigner signer;
  DeviceSigner current;
  Optional<Instant> revokedAt = Optional.empty();

  KnownDevices(DeviceSigner signer) {
    this.signer = signer;
    this.current = signer;
  }

  @Override
  public Optional<Device> findByKey(String keyId) {
    boolean known = keyId.equals(signer.id()) || keyId.equals(current.id());
    return known ? find(signer.id()) : Optional.empty();
  }

  @Override
  public Optional<Device> find(String id) {
    return Optional.of(
        new Device(
            signer.id(),
            DeviceKey.of(current.jwk()).stored(),
            "lobby",
            "host",
            List.of(),
            "n",
            Samples.NOON,
            revokedAt));
  }

  @Override
  public void addClaim(Claim claim) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Enrolment enrol(Digest token, Instant now, Function<String, Device> make) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rotation rotate(String device, String fromKey, Device.Key to, Instant at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean revoke(String id, Instant at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page<Device> newestFirst(Optional<String> group, int limit, Optional<String> cursor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addReport(Report report) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Report> reports(String device, int limit) {
    throw new UnsupportedOperationException();
  }
}
