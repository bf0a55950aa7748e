package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.Samples;
import java.util.List;
import java.util.Optional;

/// Devices for the tests of stores that hold what devices send.
final class EnrolledDevices {
  private EnrolledDevices() {}

  static void add(Database database, String... ids) {
    var store = new SqliteDeviceStore(database);
    for (String id : ids) {
      var token = Samples.digest("claim of " + id);
      store.addClaim(new Claim(token, "lobby", Samples.NOON.plusSeconds(10)));
      store.enrol(
          token,
          Samples.NOON,
          group ->
              new Device(
                  id,
                  new Device.Key(id, "{}"),
                  group,
                  "host",
                  List.of(),
                  "n",
                  Samples.NOON,
                  Optional.empty()));
    }
  }
}
