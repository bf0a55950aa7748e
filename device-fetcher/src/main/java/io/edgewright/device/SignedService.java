package io.edgewright.device;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
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
    RequestSigner signer =
        new RequestSigner(store.key().orElseThrow(() -> keyless(store)), new SecureRandom());
    return new ServiceClient(
        connection,
        SafeAddress.of(enrolment.service(), "enrolment.json"),
        Optional.of(signer),
        clock);
  }

  private static DeviceException keyless(Store store) {
    return new DeviceException(
        DeviceErrorCode.HOME_DAMAGED,
        "home folder `" + store.home().folder() + "`",
        "an enrolment without a key",
        "both",
        "move the home folder away and enrol the device again with a new claim");
  }
}
