package io.edgewright.functions.core.device;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.DeviceStore.Report;
import io.edgewright.functions.core.store.Page;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Who is enrolled, with which key, and who is shut out.
public final class DeviceRegister {
  private final DeviceStore devices;
  private final Clock clock;

  public DeviceRegister(DeviceStore devices, Clock clock) {
    this.devices = devices;
    this.clock = clock;
  }

  /// A device and the last that was heard of it.
  public record Entry(Device device, Optional<Report> lastReport) {}

  /// @throws IllegalArgumentException when the cursor is none of ours
  public Page<Entry> newestFirst(Optional<String> group, int limit, Optional<String> cursor) {
    Page<Device> page = devices.newestFirst(group, limit, cursor);
    return new Page<>(page.items().stream().map(this::entry).toList(), page.next());
  }

  /// @throws ServiceException when there is no such device
  public Entry get(String id) {
    return entry(devices.find(id).orElseThrow(() -> unknown(id)));
  }

  /// Newest first.
  public List<Report> reports(Device device, int limit) {
    return devices.reports(device.id(), limit);
  }

  private Entry entry(Device device) {
    return new Entry(device, devices.reports(device.id(), 1).stream().findFirst());
  }

  /// Shuts a device out for good, from its next request on. Its key never enrols again.
  ///
  /// @throws ServiceException when there is no such device
  public void revoke(String id) {
    if (!devices.revoke(id, clock.instant())) {
      throw unknown(id);
    }
  }

  /// Gives the device another key. Whoever calls has checked that it has both. Asking again with
  /// the key that it has by now changes nothing: the first answer may have been lost.
  ///
  /// @throws ServiceException when the key is or was somebody's, or another request was quicker
  public void rotate(Device device, DeviceKey next) {
    switch (devices.rotate(device.id(), device.key().id(), next.stored(), clock.instant())) {
      case ROTATED -> {}
      case KEY_TAKEN -> throw keyTaken();
      case SUPERSEDED ->
          throw new ServiceException(
              ServiceErrorCode.DEVICE_KEY_WITHDRAWN,
              "the device",
              "a key that was replaced or revoked while this request was under way",
              "the current key of a device that is not revoked",
              "sign with the current key and ask again");
    }
  }

  static ServiceException keyTaken() {
    return new ServiceException(
        ServiceErrorCode.KEY_TAKEN,
        "/publicKey",
        "a key that another device has, or that was replaced or revoked",
        "a key that was never enrolled here",
        "generate a new key pair on the device");
  }

  private static ServiceException unknown(String id) {
    return new ServiceException(
        ServiceErrorCode.DEVICE_NOT_FOUND,
        "the device `" + id + "`",
        "no such device",
        "the `deviceId` that an enrolment answered",
        "list the devices with `GET /v1/devices`");
  }
}
