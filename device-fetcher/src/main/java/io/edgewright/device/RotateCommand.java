package io.edgewright.device;

import io.edgewright.device.identity.RequestSigner;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.SafeAddress;
import io.edgewright.device.transport.ServiceClient;
import io.edgewright.device.update.FlooredClock;
import io.edgewright.device.update.KeyRotation;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code rotate}: the same device with another key. */
record RotateCommand(Console console) {

  int run(List<String> words) {
    Arguments arguments = Arguments.read("rotate", words, Set.of("--home"), Set.of()).check();
    Store store = HomeFolder.open(arguments, console);
    Enrolment enrolment = HomeFolder.enrolment(store);
    URI service = SafeAddress.of(enrolment.service(), "enrolment.json");
    FlooredClock clock = HomeFolder.clock(store, console);
    KeyRotation rotation =
        new KeyRotation(
            store,
            (key, next) ->
                new ServiceClient(
                    Connection.real(),
                    service,
                    Optional.of(new RequestSigner(() -> key, next, new SecureRandom())),
                    clock));
    String key = rotation.run(HomeFolder.key(store));
    console.out().println("device " + enrolment.deviceId() + " signs with the key " + key);
    return 0;
  }
}
