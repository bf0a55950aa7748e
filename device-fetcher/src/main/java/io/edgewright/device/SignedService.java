package io.edgewright.device;

import io.edgewright.device.identity.RequestSigner;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.SafeAddress;
import io.edgewright.device.transport.ServiceClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The service that this device is enrolled with, spoken to with the device's own key. */
final class SignedService {
  private SignedService() {}

  static ServiceClient of(
      Store store, Enrolment enrolment, Connection connection, InstantSource clock) {
    // Read anew for each request: `rotate` may change the key under a sync that goes on for ever.
    RequestSigner signer =
        new RequestSigner(() -> HomeFolder.key(store), Optional.empty(), new SecureRandom());
    return new ServiceClient(
        connection,
        SafeAddress.of(enrolment.service(), "enrolment.json"),
        Optional.of(signer),
        clock);
  }
}
